"""What rules say to engines: frozen kinds of constraint, and the reference reading of each."""
