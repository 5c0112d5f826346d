"""The facts of one roster problem, and the roster: frozen, strict, checked against each other. No rule and no solver."""
