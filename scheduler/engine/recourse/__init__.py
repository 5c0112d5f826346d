"""What legal replacements make of absences: many runs over one roster."""
