"""Text → Documents, on libyaml's C events: spans on every node, values as Kubernetes reads them.

The only module that imports the YAML library for reading manifests. Bounded: see DEEPEST and MOST_ALIASED.
"""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kexplain.syntax.cause import Reason
from kexplain.syntax.scalar import TagError, float_name, resolve, tagged
from kexplain.syntax.tree import Document, Entry, Mapping, Mark, Node, Scalar, Sequence, Span, Value
from kexplain.syntax.yaml_error import DEEPEST, TOO_DEEP, Unreadable, unreadable

try:
    from yaml._yaml import CParser
except ImportError:  # no libyaml here
    from kexplain.syntax.pure_events import PureParser as CParser  # type: ignore[assignment]

MOST_ALIASED = 100_000
"""Nodes that aliases may stand for in one document; a billion-laughs file reaches it at once."""

new_tuple = tuple.__new__
RESOLVABLE = frozenset("yYnNtTfFoO~.+-0123456789")
# Patterns are strings, compiled when first used: most runs need none of them, and compiling costs a start 1 ms.
DOCUMENT_START = r"(?m)^(?:%[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*)*(---(?=\s|$))?"
"""``---`` with the directives before it; group 1 is empty where directives stand without one, or nothing does."""
MARK = r"(?m)(?<!\A)^\ufeff(?=---)|^---[^\n]*\n(?:[ \t\r]*(?:#[^\n]*)?\n)*\ufeff"
"""A byte-order mark where a document begins, as in files that were put together; the first is left to the library."""
PROPERTIES = r"(?:[&!][^\s,\[\]{}]*[ \t]*(?:\r?\n\s*)?)+"
SURROGATES = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
PLACEHOLDER = "[\ue000-\ue3ff][\ue400-\ue7ff]"


def parse(text: str) -> list[Document]:
    """All documents of a file. One that cannot be read has no root, and marks that say why; it hides no other."""
    if "\ufeff" in text:
        text = re.sub(MARK, lambda match: match[0].replace("\ufeff", "\n"), text)
    try:
        return list(read_stream(text, 0, len(text), 1)) or [empty(text)]
    except Unreadable:
        pass
    documents: list[Document] = []
    for start, end in pairwise(cuts(text)):
        try:
            documents += read_stream(text, start, end, len(documents) + 1)
        except Unreadable as error:  # what stood before it in this part is in ``documents`` already
            begin = max(start, documents[-1].span.end) if documents else start
            documents.append(Document(len(documents) + 1, Span(begin, end), None, (error.mark,)))
    return documents


def cuts(text: str) -> list[int]:
    """Where documents can begin, and the end: at ``---``, and like in kubectl at each of several JSON objects."""
    found = {0, len(text), *(match.start() for match in re.finditer(DOCUMENT_START, text) if match[1])}
    after_space = re.compile(r"\s*").search
    match = after_space(text)
    if match and text.startswith("{", match.end()):
        from json import JSONDecoder

        decode = JSONDecoder(strict=False).raw_decode
        try:
            while match and text.startswith("{", match.end()):
                found.add(match.end())
                match = after_space(text, decode(text, match.end())[1])
        except (ValueError, RecursionError):
            pass  # the rest is one document
    return sorted(found)


def empty(text: str) -> Document:
    """The one document, null, of a text that has none: Kubernetes reads an empty file so."""
    return Document(1, Span(0, len(text)), Scalar(0, 0, "", None, plain=True))


def read_stream(text: str, start: int, end: int, number: int) -> Iterator[Document]:
    """The documents between two offsets. Raises Unreadable at the first that is not YAML."""
    if text.startswith("\ufeff", start):
        start += 1  # libyaml does not count a byte-order mark at the very beginning
    part = text[start:end] if start or end != len(text) else text
    replaced, pairs = re.subn(SURROGATES, placeholder, part) if "\\u" in part else (part, 0)
    try:
        events: Any = CParser(replaced)
        while not events.check_event(yaml.StreamEndEvent):
            event = events.get_event()
            kind = type(event)
            if kind is DocumentStartEvent:
                begin = event.start_mark.index + start
                if event.version not in (None, (1, 1)):
                    raise Unreadable(Reason("kubectl reads YAML 1.1 only", "leave the %YAML line out"), begin)
                builder = Builder(text, start, pairs=bool(pairs))
                root = builder.build(events)
                span = Span(begin, events.get_event().end_mark.index + start)
                yield Document(number, span, root, tuple(builder.marks))
                number += 1
    except yaml.YAMLError as error:
        raise unreadable(error, part, start) from error


class Builder:
    """Composes one document from events."""

    def __init__(self, text: str, base: int, *, pairs: bool) -> None:
        self.text = text
        self.pairs = pairs
        self.base = base
        self.marks: list[Mark] = []
        self.anchors: dict[str, tuple[Node | None, int, int]] = {}
        self.count = self.aliased = 0

    def build(self, events: Any) -> Node:
        """The root of the next document. Raises Unreadable and yaml.YAMLError."""
        next_event, base = events.get_event, self.base
        stack: list[tuple[Node, str | None, int, list[Node], int]] = []
        children: list[Node] = []
        height = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                node: Node = self.scalar(event)
                self.count += 1
                if event.anchor is not None:
                    self.anchors[event.anchor] = (node, 1, 0)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                stack.append((self.opened(event, kind), event.anchor, self.count, children, height))
                self.bound(len(stack), event)
                if event.anchor:
                    self.anchors[event.anchor] = (None, 0, 0)
                children, height = [], 0
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                node, anchor, before, outer, beside = stack.pop()
                self.close(node, children, event)
                children = outer
                self.count += 1
                if anchor:
                    self.anchors[anchor] = (node, self.count - before, height + 1)
                height = max(beside, height + 1)
            elif kind is AliasEvent:
                node, below = self.alias(event)
                self.bound(len(stack) + below, event)
                height = max(height, below)
            else:  # DocumentEnd cannot come before a root
                raise Unreadable("the document has no value", event.start_mark.index + base)
            if not stack:
                return node
            children.append(node)

    def bound(self, depth: int, event: Any) -> None:
        """Raises Unreadable for nesting too deep, that behind aliases included."""
        if depth > DEEPEST:
            raise Unreadable(TOO_DEEP, event.start_mark.index + self.base)

    def scalar(self, event: Any) -> Scalar:
        """A scalar with its value resolved."""
        text, style, tag, base = event.value, event.style, event.tag, self.base
        start, end = event.start_mark.index + base, event.end_mark.index + base
        if tag is None and not self.pairs and event.anchor is None and style not in {"|", ">"}:  # nearly all
            plain = event.implicit[0]
            if not plain or (text and text[0] not in RESOLVABLE):
                return Scalar(start, end, text, text, plain)
        elif event.anchor or tag:
            match = re.compile(PROPERTIES).match(self.text, start, end)
            start = match.end() if match else start
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        if self.pairs:
            text = re.sub(PLACEHOLDER, surrogate, text)
        plain = event.implicit[0] and tag != "!"
        if not plain:
            value: Value = text if tag in (None, "!") else self.tagged(tag, text, start, end)
        elif not text or text[0] in RESOLVABLE:
            value = resolve(text)
            if type(value) is float and not math.isfinite(value):
                raise Unreadable(
                    f"{text} is infinity or not a number, which JSON and so Kubernetes cannot hold", start, end
                )
        else:
            value = text
        return Scalar(start, end, text, value, plain)

    def tagged(self, tag: str, text: str, start: int, end: int) -> Value:
        """The value of a scalar with a tag."""
        try:
            return tagged(tag, text)
        except TagError as error:
            raise Unreadable(str(error), start, end) from error

    def opened(self, event: Any, kind: type) -> Mapping | Sequence:
        """A mapping or list without its content yet; block style is told by an unset end."""
        start = event.start_mark.index + self.base
        if event.anchor or event.tag:
            match = re.compile(PROPERTIES).match(self.text, start)
            start = match.end() if match else start
        end = 0 if event.flow_style else -1
        return Mapping(start, end, {}) if kind is MappingStartEvent else Sequence(start, end, [])

    def close(self, node: Node, children: list[Node], event: Any) -> None:
        """Fills a mapping or list and sets where it ends."""
        block = node.end < 0
        node.end = event.end_mark.index + self.base
        if type(node) is Sequence:
            node.items = children
            if block and children:
                node.end = max(children[-1].end, node.start + 1)
            return
        assert type(node) is Mapping  # noqa: S101 - close is called for mappings and sequences only
        if block and children:
            node.start, node.end = children[0].start, min(max(children[-1].end, children[-2].end + 1), len(self.text))
        fields = node.fields
        pairs = iter(children)
        for key in pairs:
            value = next(pairs)
            if type(key) is not Scalar:
                raise Unreadable("a key must be a plain value, not a list or a mapping", key.start, key.end)
            if key.plain and key.text == "<<":
                self.merge(node, key, value)
                continue
            name = key.value if type(key.value) is str else self.key_name(key)
            if name in fields:
                self.duplicate(name, fields[name], key)
            fields[name] = new_tuple(Entry, (key, value, False))  # half the time of Entry's own

    def duplicate(self, name: str, first: Entry, key: Scalar) -> None:
        """Marks a key that stands twice (last one wins); an override of a merged one is what merging is for."""
        if not first.merged:
            spans = (
                Span(key.start, key.end),
                Span(first.key.start, first.key.end),
                Span(first.value.start, first.value.end),
            )
            self.marks.append(Mark("duplicate", name, *spans))

    def key_name(self, key: Scalar) -> str:
        """The string that Kubernetes makes of a key that is not one (``on`` → ``true``)."""
        value = key.value
        if value is None:
            raise Unreadable(
                "a key is missing or null; Kubernetes takes only strings", key.start, max(key.end, key.start + 1)
            )
        if isinstance(value, bool):
            name = "true" if value else "false"
        else:
            assert isinstance(value, int | float)  # noqa: S101 - strings never come here
            name = float_name(value) if isinstance(value, float) else str(value)
        self.marks.append(Mark("key", name, Span(key.start, key.end)))
        return name

    def merge(self, node: Mapping, key: Scalar, value: Node) -> None:
        """A merge key: like kubectl's YAML library, the merged fields replace those written before it."""
        sources = value.items[::-1] if isinstance(value, Sequence) else [value]
        for source in sources:
            if not isinstance(source, Mapping):
                raise Unreadable("a merge key (<<) needs a mapping or a list of mappings", key.start, key.end)
            node.fields.update((name, Entry(e.key, e.value, merged=True)) for name, e in source.fields.items())

    def alias(self, event: Any) -> tuple[Node, int]:
        """The node an alias stands for, and its levels. Raises Unreadable for an unknown one and for alias bombs."""
        start, end = event.start_mark.index + self.base, event.end_mark.index + self.base
        if event.anchor not in self.anchors:
            raise Unreadable(f"the alias *{event.anchor} has no anchor &{event.anchor} before it", start, end)
        node, size, levels = self.anchors[event.anchor]
        if node is None:
            raise Unreadable(f"the anchor &{event.anchor} contains itself", start, end)
        self.count += size
        self.aliased += size
        if self.aliased > MOST_ALIASED:
            raise Unreadable(
                f"aliases stand for more than {MOST_ALIASED:,} nodes; this looks like an alias bomb", start, end
            )
        return node, levels


def placeholder(match: re.Match[str]) -> str:
    """JSON's surrogate pair as two private characters of the same written length, so that no offset moves."""
    high, low = match[0][2:6], match[0][8:12]
    return f"\\u{int(high, 16) - 0xD800 + 0xE000:04x}\\u{int(low, 16) - 0xDC00 + 0xE400:04x}"


def surrogate(match: re.Match[str]) -> str:
    """The character that a placeholder pair stands for."""
    return chr(0x10000 + ((ord(match[0][0]) - 0xE000) << 10) + (ord(match[0][1]) - 0xE400))
