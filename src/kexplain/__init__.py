"""kexplain: the Kubernetes manifest linter that explains terminology."""

__version__ = "0.1.0"
