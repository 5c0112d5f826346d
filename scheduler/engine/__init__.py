"""The search: first rosters, improvement, proof. The only package that knows a solver."""
