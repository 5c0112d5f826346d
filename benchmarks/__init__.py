"""Measurements of the solver and of the workbook, recorded as JSON lines. ``python -m benchmarks --help``."""
