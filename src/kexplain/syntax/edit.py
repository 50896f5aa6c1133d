"""An edit of a text: what is put in where; every other byte stays."""

from typing import NamedTuple


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
