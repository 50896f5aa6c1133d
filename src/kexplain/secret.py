"""What nobody may be shown: the spans of Secret values in a document, also where it could not be read."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kexplain.source import Source
from kexplain.tree import Document, Mapping, Scalar, Span, nodes_below

if TYPE_CHECKING:
    from kexplain.finding import Outcome
    from kexplain.manifest import Manifest

KIND_LINE = r"""(?m)(?:^|[{,])[ \t{"'-]*kind["']?[ \t]*:[ \t]*(?:[&!]\S*[ \t]+)*["']?Secret(?:List)?\b"""
VALUES = r"""(?m)(?:^|[{,])[ \t{"'-]*(?:data|stringData)["']?[ \t]*:"""
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def hidden_spans(source: Source, document: Document, objects: "Iterable[Manifest | Outcome]") -> Iterator[Span]:
    """The spans of a document whose text no report may show."""
    if document.root is None:
        if re.compile(KIND_LINE).search(source.text, *document.span):
            values = re.compile(VALUES).search(source.text, *document.span)
            yield Span(values.end() if values else document.span.start, document.span.end)
        return
    secrets = [o for o in objects if not isinstance(o, tuple) and o.kind == "Secret"]  # an Outcome is a tuple
    for manifest in secrets:
        annotations = manifest.metadata.get("annotations")
        copy = annotations.get(LAST_APPLIED) if isinstance(annotations, Mapping) else None
        hidden = (manifest.root.get("data"), manifest.root.get("stringData"), copy)
        below = nodes_below(node for node in hidden if node is not None)
        yield from (Span(node.start, node.end) for node in below if isinstance(node, Scalar))
    if secrets:
        yield from (mark.lost for mark in document.marks if mark.lost)
