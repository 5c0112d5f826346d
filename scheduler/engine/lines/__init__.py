"""One person's line of work: the exact dynamic programme, its automata and its compiled kernel."""
