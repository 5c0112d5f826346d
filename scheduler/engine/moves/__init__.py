"""Moves on a roster: the first one person by person, then annealing by a million small moves a second."""
