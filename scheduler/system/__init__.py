"""What the computer and its system are asked: files, signals, cores, versions."""
