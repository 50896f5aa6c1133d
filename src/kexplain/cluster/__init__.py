"""Objects read from an API server, as text. The only wing that opens a connection; it writes nothing there."""
