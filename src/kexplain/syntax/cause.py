"""Why a text was not checked, where something follows from that."""

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
