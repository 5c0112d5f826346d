"""One file for each use case; the command, the library and the benchmarks call these."""
