"""What nobody may be shown, decided here alone: Secret values, also in a document that could not be read."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kexplain.syntax.tree import Document, Mapping, Scalar, Span, descend, nodes_below

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest
    from kexplain.objects.visit import Visit
    from kexplain.syntax.source import Source

KIND_LINE = r"""(?<![\w.-])kind["']?[ \t]*:\s*(?:[&!>|]\S*\s+)*["']?[Ss]ecrets?(?:List)?\b"""
VALUES = r"""(?<![\w.-])(?:data|stringData)["']?[ \t]*:"""
SHOWN = ("apiVersion", "kind", "metadata", "type", "immutable")
"""Fields of a Secret that hold no values. Any other may be a misspelt ``data``."""
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
POSITIONS = ("core/v1 Secret.data[]", "core/v1 Secret.stringData[]")
"""Typed positions of the values."""


def hidden_spans(source: "Source", document: Document, objects: "Iterable[Manifest]" = ()) -> Iterator[Span]:
    """The spans of a document, with the objects it holds, whose text no report may show."""
    if document.root is None:
        if re.compile(KIND_LINE).search(source.text, *document.span):
            values = re.compile(VALUES).search(source.text, *document.span)
            yield Span(values.end() if values else document.span.start, document.span.end)
        return
    secrets = [manifest for manifest in objects if is_secret(manifest.kind)]
    for manifest in secrets:
        yield from value_spans(manifest.root)
    if secrets:
        yield from (mark.lost for mark in document.marks if mark.lost)


def holds_secret(visit: "Visit") -> bool:
    """Whether a visit is a value of a Secret."""
    return visit.position in POSITIONS


def may_hold_secret(visit: "Visit") -> bool:
    """Whether a visit is a value of a Secret, or the whole map of them."""
    return any(position.startswith(visit.position) for position in POSITIONS)


def is_copy_of_secret(visit: "Visit") -> bool:
    """Whether a visit is the copy of a Secret that kubectl keeps in an annotation."""
    return visit.name == LAST_APPLIED and is_secret(visit.manifest.kind)


def is_secret(kind: str) -> bool:
    """Whether a kind is Secret, however its letters are cased: an API server refuses the others, a person means it."""
    return kind.lower() in {"secret", "secrets"}


def value_spans(root: Mapping) -> Iterator[Span]:
    """The spans of all values of a Secret, and of the copy of it that kubectl keeps."""
    hidden = [entry.value for name, entry in root.fields.items() if name not in SHOWN]
    hidden += filter(None, [descend(root, "metadata", "annotations", LAST_APPLIED)])
    return (Span(node.start, node.end) for node in nodes_below(hidden) if isinstance(node, Scalar))
