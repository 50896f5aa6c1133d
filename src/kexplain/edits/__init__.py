"""Text edits at spans: comments and suppressions. Every byte outside a span stays."""
