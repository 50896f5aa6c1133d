"""What values mean: one module per kind of value, each with AT and explain(visit)."""
