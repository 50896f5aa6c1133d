"""Checks that need Python: one module per rule, of the same name, each with check(visit, context)."""
