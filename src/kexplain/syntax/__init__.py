"""From text to tree: sources, nodes with spans, scalars, edits. No Kubernetes is known here."""
