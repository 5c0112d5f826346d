"""What is said to people, in the language they choose."""
