"""The version of kexplain."""

__version__ = "0.1.0"
