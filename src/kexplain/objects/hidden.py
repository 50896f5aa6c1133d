"""Which spans of a text nobody may be shown: decided on the text as it is read, before anybody judges it."""

from collections.abc import Iterable, Iterator

from kexplain.objects.hints import Piece, piece_of
from kexplain.syntax.tree import Document, Span, descend, string


def hidden_in(text: str, documents: Iterable[Document]) -> tuple[Span, ...]:
    """The hidden spans of a text with these documents, in order; none overlaps another, or goes over several lines."""
    low = text.lower()
    parts = list(parts_of(low if len(low) == len(text) else text, list(documents)))
    if not parts:
        return ()
    from kexplain.objects.hidden_values import spans_in  # here: most texts hide nothing

    return spans_in(text, parts)


def parts_of(low: str, documents: list[Document]) -> Iterator[tuple[Piece, Document]]:
    """The documents of a text in small letters in which something may be hidden, each with what stands before it."""
    here = 0
    for document in documents:
        start, here = here, len(low) if document is documents[-1] else document.span.end
        if not is_definition(document) and (piece := piece_of(low, start, here)):
            yield piece, document


def is_definition(document: Document) -> bool:
    """Whether a document defines a custom kind: its schema speaks of credentials, and holds none."""
    return string(descend(document.root, "kind")) == "CustomResourceDefinition"
