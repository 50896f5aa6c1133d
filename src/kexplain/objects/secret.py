"""Whether what somebody is about to tell of an object is hidden."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kexplain.syntax.tree import Node, Span

if TYPE_CHECKING:
    from kexplain.objects.visit import Visit

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def holds_secret(visit: "Visit") -> bool:
    """Whether a node or anything at its place in the text is hidden."""
    spans = visit.manifest.hidden
    return bool(spans) and is_hidden(spans, visit.node)


def is_hidden(spans: Sequence[Span], node: Node) -> bool:
    """Whether a hidden span overlaps a node."""
    at = bisect_left(spans, (node.end, -1)) - 1
    return at >= 0 and spans[at].end > node.start


def is_secret(kind: str) -> bool:
    """Whether a kind is Secret, however its letters are cased: an API server refuses the others, a person means it."""
    return kind.lower() in {"secret", "secrets"}
