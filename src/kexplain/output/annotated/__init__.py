"""Layouts of an annotated file: one module per layout, each with render(files, view)."""
