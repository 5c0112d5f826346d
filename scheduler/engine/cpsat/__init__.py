"""The one CP-SAT model of a roster and what is solved with it: neighbourhoods, posts, the whole at once."""
