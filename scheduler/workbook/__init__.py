"""Excel in and out. The only package that knows a spreadsheet library."""
