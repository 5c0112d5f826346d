"""Results for people and programs: terminal, progress, JSON."""
