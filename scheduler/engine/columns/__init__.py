"""Column generation over lines of work: the linear master, its prices and the whole numbers behind it."""
