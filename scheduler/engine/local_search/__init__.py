"""Moves on a roster: the first one person by person, then annealing by half a million small moves a second."""
