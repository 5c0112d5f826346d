"""Lower bounds that hold for every roster: column generation, and the process it runs in."""
