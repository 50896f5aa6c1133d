"""The text of a manifest in pieces of one colour each: keys, strings, comments, and what findings mark."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kexplain.syntax.tree import Document, Mapping, Scalar, Span, comments_of, nodes_below


class Token(NamedTuple):
    """A stretch of text and its class: ``k`` a key, ``s`` a string, ``v`` another value, ``c`` a comment."""

    start: int
    end: int
    kind: str


class Piece(NamedTuple):
    """Text of one colour; ``mark`` is the severity of a finding about it, or empty."""

    kind: str
    mark: str
    text: str


def tokens_of(text: str, documents: list[Document]) -> list[Token]:
    """What has a colour in a text that was read, in order and without overlaps; nothing of what cannot be read."""
    found = set()
    before = 0  # a comment above the first document, or below its end, is in no document's span
    for document in documents:
        around = Span(before, len(text) if document is documents[-1] else document.span.end)
        before = document.span.end
        if document.root is None:
            continue
        found |= {Token(*comment.span, "c") for comment in comments_of(text, document.root, around)}
        for node in nodes_below([document.root]):
            if isinstance(node, Mapping):
                found |= {Token(entry.key.start, entry.key.end, "k") for entry in node.fields.values()}
            elif isinstance(node, Scalar):
                found.add(Token(node.start, node.end, "s" if isinstance(node.value, str) else "v"))
    tokens: list[Token] = []
    for token in sorted(found):
        if token.start < token.end and (not tokens or token.start >= tokens[-1].end):
            tokens.append(token)
    return tokens


def pieces(text: str, start: int, end: int, tokens: list[Token], marks: Iterable[Token]) -> Iterator[Piece]:
    """The text between two offsets, cut where its colour changes; ``kind`` of a mark is its severity."""
    inside = tokens[max(bisect_right(tokens, (start,)) - 1, 0) : bisect_right(tokens, (end,))]
    marked = [mark for mark in marks if mark.start < end and mark.end > start]
    bounds = {start, end, *(offset for token in (*inside, *marked) for offset in token[:2] if start < offset < end)}
    here = start
    at = 0
    for stop in sorted(bounds)[1:]:
        while at < len(inside) and inside[at].end <= here:
            at += 1
        kind = inside[at].kind if at < len(inside) and inside[at].start <= here else ""
        mark = next((mark.kind for mark in marked if mark.start <= here < mark.end), "")
        yield Piece(kind, mark, text[here:stop])
        here = stop
