"""Lower bounds that hold for every roster: the staffing flow, column generation, and the process they run in."""
