"""Horizons of months: blocks, their shares of limits, their files."""
