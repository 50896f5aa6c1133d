"""A file without its Secret values: what reports may quote of the originals of rendered objects."""

import re
from collections.abc import Iterator

from kexplain.objects.secret import KIND_LINE, hidden_spans, is_secret, value_spans
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Mapping, Node, Scalar, Sequence, Span, descend, items, nodes_below, string


def masked(source: Source) -> Source:
    """The same text with a dot for every character of a value, so that all else stays at its offset.

    Blacked out are the values of Secrets, the literals a kustomization makes Secrets of, and patches of either.
    """
    spans = [span for document in parse(source.text) for span in spans_of(source, document)]
    return Source(source.path, blacked_out(source.text, spans)) if spans else source


def blacked_out(text: str, spans: list[Span]) -> str:
    """A text with dots in those spans."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            pieces += [text[done : max(start, done)], re.sub(r"[^\r\n]", "•", text[max(start, done) : end])]
            done = end
    return "".join([*pieces, text[done:]])


def spans_of(source: Source, document: Document) -> Iterator[Span]:
    """What of a document is secret."""
    root = document.root
    if root is None:
        yield from hidden_spans(source, document)
        return
    waiting: list[Node] = [root]
    for node in waiting:
        kind = string(descend(node, "kind"))
        of_list = items(descend(node, "items")) if kind == "SecretList" else []  # its items name no kind
        for secret in [*([node] if is_secret(kind) else []), *of_list]:
            yield from value_spans(secret) if isinstance(secret, Mapping) else ()
            yield from (mark.lost for mark in document.marks if mark.lost)
        waiting += items(descend(node, "items"))
    if isinstance(root, Sequence):
        operations = (o for o in root.items if string(descend(o, "path")).startswith(("/data", "/stringData")))
        yield from scalars(descend(operation, "value") for operation in operations)
    elif isinstance(root, Mapping):
        yield from kustomization_spans(root)


def kustomization_spans(root: Mapping) -> Iterator[Span]:
    """The literals of generated Secrets, and inline patches of Secrets, in a kustomization."""
    for item in items(root.get("secretGenerator")):
        yield from scalars([descend(item, "literals")])
    for field in ("patches", "patchesJson6902", "patchesStrategicMerge"):
        for item in items(root.get(field)):
            inline = descend(item, "patch") if isinstance(item, Mapping) else item
            text = inline.text if isinstance(inline, Scalar) else ""
            if "\n" in text and (re.search(KIND_LINE, text) or re.search(r"/(?:data|stringData)\b", text)):
                yield from scalars([inline])


def scalars(nodes: "Iterator[Node | None] | list[Node | None]") -> Iterator[Span]:
    """The spans of all scalars below some nodes."""
    below = nodes_below(node for node in nodes if node is not None)
    return (Span(node.start, node.end) for node in below if isinstance(node, Scalar))


def masked_template(source: Source) -> Source:
    """The same for a template of Helm, which is no YAML yet: what follows the data of a Secret in each document."""
    spans: list[Span] = []
    here = 0
    for number, part in enumerate(re.split(r"(?m)^(?=---)", source.text)):
        spans += hidden_spans(source, Document(number, Span(here, here + len(part)), None))
        here += len(part)
    return Source(source.path, blacked_out(source.text, spans)) if spans else source
