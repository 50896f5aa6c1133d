"""The words: rules, terms and values, found by typed position. It reads articles and binds them; it judges nothing."""
