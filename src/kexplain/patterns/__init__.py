"""Terms that only a combination shows: one module per term, of the same name, each with matches(visit)."""
