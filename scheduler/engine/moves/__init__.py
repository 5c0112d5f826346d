"""Small moves on a roster, hundreds a second: build, ruin and recreate, exchange, polish."""
