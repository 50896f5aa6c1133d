"""A Source: one text to read, and how its offsets become lines and columns."""

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple, Protocol

from kexplain.syntax.cause import Cause
from kexplain.syntax.tree import Span

BREAK = re.compile(r"\r\n|\n|\r")


class Origin(Protocol):
    """Leads from a text that was rendered (by Helm, by kustomize) back to the files it was made from."""

    def back(self, start: int, end: int) -> tuple["Source", int, int]:
        """The file that a span of the rendered text comes from, and the span there; the nearest that can be told."""


class Source:
    """One text to read. ``path`` is what reports name: relative where possible, with forward slashes.

    ``origin`` is None for a file as it was written. One that is ``beside`` is read for what it says of others; nothing
    is said of it.
    """

    __slots__ = ("_starts", "beside", "folder", "origin", "path", "text")

    def __init__(self, path: str, text: str, origin: Origin | None = None) -> None:
        self.path = path
        self.folder = path.rpartition("/")[0]
        self.text = text
        self.origin = origin
        self.beside = False
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            if "\r" in self.text:
                self._starts = [0, *(match.end() for match in BREAK.finditer(self.text))]
            else:
                lengths = [len(line) + 1 for line in self.text.split("\n")]
                self._starts = [0, *accumulate(lengths[:-1])]
        return self._starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; columns count code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line break."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Unread(NamedTuple):
    """A path that gave no Source, and why, in words for a person.

    ``wrong`` when that is an error of the input; ``skipped`` when it was left out because it is no manifest;
    ``understood`` when it could be told what it is.
    """

    path: str
    reason: str
    wrong: bool = True
    skipped: bool = False
    understood: bool = False
    cause: Cause = Cause.OTHER


def normal(path: str) -> str:
    """A path with ``..`` and ``.`` resolved by name alone."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class Place(NamedTuple):
    """A span of a source as people count it: from 1, columns in code points, the end column one past the last."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def place_of(source: Source, span: Span) -> Place:
    """A span as lines and columns, in the file it comes from."""
    if source.origin is not None:
        source, *found = source.origin.back(*span)
        span = Span(*found)
    return Place(source.path, *source.place(span.start), *source.place(max(span.end, span.start)))
