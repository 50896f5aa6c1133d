"""Why a text was not checked: in words, and as a cause where something follows from it."""

from collections.abc import Sequence
from enum import StrEnum


class Cause(StrEnum):
    """Why a document was not checked, where something follows from it."""

    EMPTY = "empty"
    """Nothing to check."""
    TO_RENDER = "to render"
    """It is what Helm or kustomize builds from."""
    NO_MANIFEST = "no manifest"
    """It is something else, as far as its content tells."""
    LIMIT = "limit"
    """It is more than kexplain can do."""
    OTHER = "other"


class Reason(str):
    """The words for it: what is the matter, perhaps with a detail, and what to do; a summary counts by ``brief``.

    It is text, so that whoever shows it need not know its parts.
    """

    brief: str
    """What is the matter, the same for every text of which that is so."""

    def __new__(cls, brief: str, mend: str = "", *, detail: str = "") -> "Reason":
        """Puts the parts together: ``not UTF-8 (byte 4); save it as UTF-8``."""
        return cls.of(brief + (f" ({detail})" if detail else "") + (f"; {mend}" if mend else ""), brief)

    @classmethod
    def of(cls, words: str, brief: str) -> "Reason":
        """Words that are put together already."""
        made = super().__new__(cls, words)
        made.brief = brief
        return made


def brief(reason: str) -> str:
    """What a summary counts by: of plain words all of them."""
    return reason.brief if isinstance(reason, Reason) else reason


def joined(reasons: Sequence[str]) -> str:
    """Several reasons as one, which a summary counts by the first; empty for none."""
    return Reason.of("; ".join(reasons), brief(reasons[0])) if reasons else ""
