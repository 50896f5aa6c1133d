"""How bad a finding is."""

from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is, and nothing else; compare the weights."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """0 for info up to 2 for error."""
        return list(Severity).index(self)
