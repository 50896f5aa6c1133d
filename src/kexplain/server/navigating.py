"""Where things are: what a field leads to, who leads here, the outline of a file, folds, growing selections."""

from collections.abc import Iterator
from typing import NamedTuple

from kexplain.catalogue.term import named, terms
from kexplain.objects.facts import Facts
from kexplain.objects.reading import File
from kexplain.objects.workspace import Relation
from kexplain.server.project import Project
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Entry, Mapping, Node, Sequence, Span, string


class Target(NamedTuple):
    """A place of a file."""

    source: Source
    span: Span


class Symbol(NamedTuple):
    """An object or field of a file, where it stands, its name there, and what is below it."""

    name: str
    detail: str
    span: Span
    grip: Span
    below: "list[Symbol]"


DEEPEST = 6
"""Levels of an outline."""


def leading(project: Project, path: str, offset: int) -> Iterator[Target]:
    """The objects that the field at an offset names, selects or scales."""
    for relation in relations(project, path):
        if relation.subject.path == path and on_line(project, path, relation.spot.span, offset):
            yield from place_of(project, relation.object)


def leading_here(project: Project, path: str, offset: int) -> Iterator[Target]:
    """The fields that name, select or scale the object at an offset."""
    workspace = project.known.workspace
    one = object_at(project, path, offset)
    for relation in workspace.relations(one) if one else ():
        file = project.current(relation.subject.path)
        if relation.object is one and file is not None:
            yield Target(file.source, relation.spot.span)


def relations(project: Project, path: str) -> Iterator[Relation]:
    """The relations of the objects of a file."""
    workspace = project.known.workspace
    for one in workspace.objects:
        if one.path == path:
            yield from workspace.relations(one)


def on_line(project: Project, path: str, span: Span, offset: int) -> bool:
    """Whether an offset is on the lines of a span, or of the block that it is the key of."""
    file = project.current(path)
    if file is None:
        return False
    line = file.source.place(offset)[0]
    return file.source.place(span.start)[0] <= line <= file.source.place(span.end)[0] or key_of(file, span, offset)


def key_of(file: File, span: Span, offset: int) -> bool:
    """Whether a span is a key whose value holds an offset, as that of a selector."""
    for document in file.documents:
        for entry in entries(document.root):
            if entry.key.start == span.start:
                return entry.value.start <= offset <= entry.value.end
    return False


def entries(node: Node | None) -> Iterator[Entry]:
    """Every entry of the mappings at and below a node that is written there."""
    stack = [node] if node else []
    while stack:
        one = stack.pop()
        if isinstance(one, Mapping):
            for entry in one.fields.values():
                if not entry.merged and entry.value.start >= entry.key.start:
                    yield entry
                    stack.append(entry.value)
        elif isinstance(one, Sequence):
            stack += one.items


def object_at(project: Project, path: str, offset: int) -> Facts | None:
    """The object at an offset of a file."""
    workspace, file = project.known.workspace, project.current(path)
    there = [one for one in workspace.objects if one.path == path]
    number = next((d.number for d in file.documents if d.span.start <= offset <= d.span.end), 0) if file else 0
    return next((one for one in there if one.document == number), None)


def place_of(project: Project, one: Facts) -> Iterator[Target]:
    """Where an object gets its name."""
    file = project.current(one.path)
    if file is not None:
        yield Target(file.source, one.named_at)


def outline(project: Project, path: str) -> list[Symbol]:
    """The objects of a file with their fields."""
    file = project.current(path)
    found = []
    for one in [*file.objects, *file.settings] if file else ():
        root = one.root
        named = one.metadata.get("name")
        grip = Span(named.start, named.end) if named is not None else Span(root.start, root.start)
        found.append(
            Symbol(f"{one.kind} {one.name}".strip(), one.api_version, whole(root, grip), grip, list(below(root)))
        )
    return found


def whole(root: Node, grip: Span) -> Span:
    """The span of an object, which holds its name."""
    return Span(min(root.start, grip.start), max(root.end, grip.end))


def below(node: Node, depth: int = 1) -> Iterator[Symbol]:
    """The fields below a node, named items of lists among them."""
    if depth > DEEPEST:
        return
    if isinstance(node, Mapping):
        for name, (key, value, merged) in node.fields.items():
            if not merged and value.start >= key.start:
                grip = Span(key.start, key.end)
                yield Symbol(name or "-", "", whole(value, grip), grip, list(below(value, depth + 1)))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            if isinstance(item, Mapping) and item.start >= node.start:
                name = string(item.get("name")) or f"[{index}]"
                span = Span(item.start, item.end)
                yield Symbol(name, "", span, Span(item.start, item.start), list(below(item, depth + 1)))


def folds(project: Project, path: str) -> Iterator[Span]:
    """What of a file can be folded: documents, mappings and lists of several lines."""
    file = project.current(path)
    for document in file.documents if file else ():
        if document.root is not None:
            yield Span(document.root.start, document.root.end)
            for entry in entries(document.root):
                yield Span(entry.key.start, entry.value.end)


def links(project: Project, path: str) -> Iterator[tuple[Span, str]]:
    """The kinds of a file with the page that their term is from."""
    file = project.current(path)
    for one in file.objects if file else ():
        kind, term = one.root.get("kind"), terms().get(named(one.kind) or "")
        if kind is not None and term is not None and term.source:
            yield Span(kind.start, kind.end), term.source


def growing(project: Project, path: str, offset: int) -> list[Span]:
    """What a selection at an offset grows to: the value, the entry, the mapping or list around, up to the document."""
    file = project.current(path)
    found: list[Span] = []
    for document in file.documents if file else ():
        node = document.root
        while node is not None and node.start <= offset <= node.end:
            found.append(Span(node.start, node.end))
            inner: Node | None = None
            if isinstance(node, Mapping):
                for key, value, merged in node.fields.values():
                    if not merged and key.start <= offset <= max(value.end, key.end) and value.end >= key.start:
                        found.append(Span(key.start, max(value.end, key.end)))
                        inner = value if value.start <= offset else key
            elif isinstance(node, Sequence):
                inner = next((item for item in node.items if item.start <= offset <= item.end), None)
            node = inner
    return found[::-1]
