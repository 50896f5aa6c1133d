"""Fixes that need code, one for each rule of that name; what an article's ``fix:`` can state is ``_stated``."""
