"""What of a report is kept back, and why: one module per ground. A filter adds no finding about a manifest."""
