"""The document tree: nodes with spans. No library types, nothing but the text as it was written and what it means.

A span is a pair of offsets into the decoded text, in code points; a Source turns them into lines and columns.
"""

import bisect
import re
from collections.abc import Iterable, Iterator
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

    @property
    def filler(self) -> str:
        """Who fills the value in later, in words; empty where it is what it says. Asked for, not kept: few are."""
        text = self.text
        if "$" in text or "{" in text or "@" in text or "<" in text or "_" in text or "%" in text:
            from kexplain.syntax.placeholder import filler

            return filler(text)
        return ""

    @property
    def unresolved(self) -> bool:
        """Whether the value is not there yet, so that nothing can be said about it (``${PORT}``, ``{{ .port }}``)."""
        return type(self.value) is str and self.filler != ""


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
        return None if entry is None else entry[1]


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
    """A place where reading went wrong or surprises: what kind, the words, the span and a second place.

    ``lost`` is a value that stands in the text but not in the tree, as that of a key written twice.
    """

    kind: str
    message: str
    span: Span
    other: Span | None = None
    lost: Span | None = None


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


COMMENT = r"(?m)(?:^|(?<=[ \t\[\]{},'\"]))#[^\r\n]*"


def comments_of(text: str, root: Node | None, span: Span) -> list[Comment]:
    """Every comment of a document, in order. A ``#`` inside a scalar is none."""
    scalars = sorted(scalar_spans(root)) if root else []
    starts = [start for start, _ in scalars]
    found = []
    here = span.start
    while match := re.compile(COMMENT).search(text, here, span.end):
        start, here = match.span()
        around = scalars[bisect.bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
        if around and start < around.end and not is_block_header(text, around.start, start):
            here = around.end  # the rest of its line may hold a comment all the same
            continue
        line = text.rfind("\n", 0, start) + 1
        found.append(Comment(Span(start, here), match[0], not text[line:start].strip()))
    return found


def is_block_header(text: str, start: int, end: int) -> bool:
    """Whether a place inside a scalar is on the line of the ``|`` or ``>`` that begins it: its text begins below."""
    return text[start] in "|>" and text.find("\n", start, end) < 0


def nodes_below(roots: Iterable[Node]) -> Iterator[Node]:
    """The nodes and all below them, each once however many aliases stand for it; keys are not among them."""
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Mapping):
            stack += (entry.value for entry in node.fields.values())
        elif isinstance(node, Sequence):
            stack += node.items


def waits(root: Node | None) -> bool:
    """Whether a value at or below a node is filled in later; what an alias stands for is looked at once."""
    seen: set[int] = set()
    stack: list[Node] = [root] if root else []
    while stack:
        node = stack.pop()
        if type(node) is Scalar:
            if type(node.value) is str and node.unresolved:
                return True
        elif id(node) not in seen:
            seen.add(id(node))
            if type(node) is Mapping:
                stack += [entry[1] for entry in node.fields.values()]
            elif type(node) is Sequence:
                stack += node.items
    return False


def scalar_spans(root: Node) -> list[Span]:
    """The spans of all scalars below a node, keys included."""
    found: set[Span] = set()
    for node in nodes_below([root]):
        if isinstance(node, Scalar):
            found.add(Span(node.start, node.end))
        elif isinstance(node, Mapping):
            found.update(Span(entry.key.start, entry.key.end) for entry in node.fields.values())
    return list(found)


def span_of(node: Node) -> Span:
    """Where a node stands."""
    return Span(node.start, node.end)


def descend(node: Node | None, *names: str) -> Node | None:
    """The node below another under those keys, None where one is missing."""
    for name in names:
        if type(node) is not Mapping or (entry := node.fields.get(name)) is None:
            return None
        node = entry[1]
    return node


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


def items(node: Node | None) -> list[Node]:
    """The items of a list; empty for anything else."""
    return node.items if isinstance(node, Sequence) else []
