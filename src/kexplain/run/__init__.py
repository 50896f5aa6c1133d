"""A run, as one page to read: gather, read, judge, filter."""
