"""One person's line of work: rules as automata, the graph of what they allow, and the best lines through it."""
