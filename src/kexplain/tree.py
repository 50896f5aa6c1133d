"""The document tree: nodes with spans. No library types, nothing but the text as it was written and what it means.

A span is a pair of offsets into the decoded text, in code points; a Source turns them into lines and columns.
"""

import bisect
import re
from typing import NamedTuple

Value = str | int | float | bool | None


class Scalar:
    """A leaf. ``value`` is what Kubernetes reads (``yes`` → True, ``0644`` → 420); ``text`` is without quotes."""

    __slots__ = ("end", "plain", "start", "text", "value")

    def __init__(self, start: int, end: int, text: str, value: Value, plain: bool) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.value = value
        self.plain = plain


class Entry(NamedTuple):
    """A key and its value in a mapping; ``merged`` when a merge key (``<<``) brought it from elsewhere."""

    key: Scalar
    value: "Node"
    merged: bool = False


class Mapping:
    """A mapping. ``fields`` has the effective entry of each key, by the string Kubernetes reads for that key."""

    __slots__ = ("end", "fields", "start")

    def __init__(self, start: int, end: int, fields: dict[str, Entry]) -> None:
        self.start = start
        self.end = end
        self.fields = fields

    def get(self, name: str) -> "Node | None":
        """The value under a key, None where the key is not there."""
        entry = self.fields.get(name)
        return entry.value if entry else None


class Sequence:
    """A list."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int, end: int, items: "list[Node]") -> None:
        self.start = start
        self.end = end
        self.items = items


Node = Scalar | Mapping | Sequence


class Span(NamedTuple):
    """Where something stands: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


class Mark(NamedTuple):
    """A place where reading went wrong or surprises: what kind, the words, the span and a second place."""

    kind: str
    message: str
    span: Span
    other: Span | None = None


class Document(NamedTuple):
    """One YAML document: its number in the file (from 1), its span, its root (None when empty or unreadable)."""

    number: int
    span: Span
    root: Node | None
    marks: tuple[Mark, ...] = ()


class Comment(NamedTuple):
    """A comment from its ``#`` to the end of the line; ``alone`` when nothing but space stands before it."""

    span: Span
    text: str
    alone: bool


def comments_of(text: str, root: Node | None, span: Span) -> list[Comment]:
    """Every comment of a document, in order. A ``#`` inside a scalar is none."""
    scalars = sorted(scalar_spans(root)) if root else []
    starts = [start for start, _ in scalars]
    found = []
    for match in re.finditer(r"(?m)(^|(?<=[ \t\[\]{},]))#[^\r\n]*", text[span.start : span.end]):
        start = span.start + match.start()
        at = bisect.bisect_right(starts, start) - 1
        if at < 0 or scalars[at][1] <= start:
            line = text.rfind("\n", 0, start) + 1
            alone = not text[line:start].strip()
            found.append(Comment(Span(start, start + len(match[0])), match[0], alone))
    return found


def scalar_spans(root: Node) -> list[Span]:
    """The spans of all scalars below a node, keys included."""
    found: set[Span] = set()
    seen: set[int] = set()
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            found.add(Span(node.start, node.end))
        elif isinstance(node, Mapping):
            for key, value, _ in node.fields.values():
                found.add(Span(key.start, key.end))
                stack.append(value)
        else:
            stack.extend(node.items)
    return list(found)


def plain_value(node: Node | None) -> object:
    """The node as plain Python: dict, list, str, int, float, bool, None — as Kubernetes reads it."""
    if isinstance(node, Mapping):
        return {name: plain_value(entry.value) for name, entry in node.fields.items()}
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return node.value if node else None


def string(node: Node | None) -> str:
    """The string a scalar holds; empty for anything that is not a string."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""
