"""An edit of a text: what is put in where, and whether the text still means the same; every other byte stays."""

from typing import NamedTuple

from kexplain.syntax.parse import parse
from kexplain.syntax.tree import Document, plain_value


class Edit(NamedTuple):
    """Text to put in at an offset of a file."""

    offset: int
    text: str


def applied(text: str, edits: list[Edit]) -> str:
    """A text with its edits, which are in order."""
    pieces, here = [], 0
    for offset, more in edits:
        pieces += [text[here:offset], more]
        here = offset
    return "".join([*pieces, text[here:]])


def meaning(text: str) -> list[object]:
    """What a text says to Kubernetes."""
    return said(parse(text))


def said(documents: list[Document]) -> list[object]:
    """The same of a text that was parsed."""
    return [plain_value(document.root) for document in documents]
