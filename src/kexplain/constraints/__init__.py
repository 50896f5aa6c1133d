"""What the kinds of constraints mean: each a small function that says what is wrong and what would be right."""
