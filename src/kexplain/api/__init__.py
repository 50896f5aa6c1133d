"""What Kubernetes says: types, versions, kinds and references, read from generated data.

Nothing here knows a manifest or a rule.
"""
