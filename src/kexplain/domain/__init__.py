"""What checks, patterns and values know in common: Pods, RBAC, references, credentials, images, quantities."""
