"""What several rules share: views of a person's work, terms, fair shares. No rule stands here."""
