"""An edit of a text: what is put in where, and what goes; all else stays."""

from typing import NamedTuple


class Edit(NamedTuple):
    """Text to put in at an offset of a file, in place of as many characters as are ``cut``."""

    offset: int
    text: str
    cut: int = 0


def applied(text: str, edits: list[Edit]) -> str:
    """A text with its edits, which are in order."""
    pieces, here = [], 0
    for offset, more, cut in edits:
        pieces += [text[here:offset], more]
        here = offset + cut
    return "".join([*pieces, text[here:]])
