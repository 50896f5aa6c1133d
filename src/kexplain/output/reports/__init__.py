"""Report formats: one module per format, each with render(report, view)."""
