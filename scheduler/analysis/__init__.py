"""Figures about facts and rosters: capacity, coverage, input without effect. No spreadsheet and no solver."""
