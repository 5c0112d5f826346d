"""An instance as a linear programme in whole numbers, for any solver: the textbook's variables, every rule as rows."""
