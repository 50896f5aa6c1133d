"""The objects of an HTML page: where each begins, and links to those that it has to do with."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kexplain.engine.annotation import AnnotatedObject
from kexplain.objects.workspace import Relation, Workspace
from kexplain.output.annotated._extent import Part

SELF = {"selects": "selects", "names": "uses", "scales": "scales"}
OTHER = {"selects": "is selected by", "names": "is used by", "scales": "is scaled by"}
"""What a relation is called at the object that makes it, and at the one that it is about."""

ABOVE = re.compile(r"\s*(?:#|$)|---")
"""Lines above an object that belong to it."""


class Link(NamedTuple):
    """Another object: how this one has to do with it, who it is, and where on the page; nowhere where it is not."""

    verb: str
    words: str
    href: str


class Thing(NamedTuple):
    """An object on the page; ``findings`` are those on its lines."""

    number: int
    kind: str
    name: str
    namespace: str
    part: int
    line: int
    links: list[Link]

    @property
    def words(self) -> str:
        """What it is called."""
        return f"{self.kind} {self.name}".strip()


class Things:
    """Every object of the parts of a page."""

    def __init__(self, shown: Iterable[Part], workspace: Workspace | None) -> None:
        self._workspace = workspace
        self._starts: dict[int, list[tuple[int, Thing]]] = {}
        self._numbers: dict[int, int] = {}
        self._objects: dict[int, AnnotatedObject] = {}
        self.all: dict[int, Thing] = {}
        parts = list(shown)
        for part in parts:
            for one in part.file.objects:
                self._objects[len(self._objects) + 1] = one
                if one.facts is not None:
                    self._numbers[id(one.facts)] = len(self._objects)
        number = 0
        for part in parts:
            begun = set[int]()
            for one in part.file.objects:
                number += 1
                line = first_line(one, part, begun)
                who = one.identity
                self.all[number] = Thing(number, who.kind, who.name, who.namespace, part.number, line, self._links(one))
                self._starts.setdefault(part.number, []).append((line, self.all[number]))

    def starts(self, part: Part) -> list[tuple[int, Thing]]:
        """The objects of a part by the line on which each begins."""
        return sorted(self._starts.get(part.number, ()), key=lambda start: start[0])

    def links(self, part: Part) -> dict[int, list[Link]]:
        """By line, the objects that a field there means."""
        found: dict[int, list[Link]] = {}
        for one in part.file.objects:
            for relation in self.relations(one):
                if relation.subject is one.facts:
                    line, _ = part.file.source.place(relation.spot.span.start)
                    link = self._link(relation, one)
                    if link not in found.setdefault(line, []):
                        found[line].append(link)
        return found

    def relations(self, one: AnnotatedObject) -> list[Relation]:
        """What an object has to do with others of the run."""
        return self._workspace.relations(one.facts) if self._workspace and one.facts is not None else []

    def edges(self) -> dict[tuple[int, int], str]:
        """The pairs of objects of the page of which the first makes a relation to the second, and its verb."""
        found: dict[tuple[int, int], str] = {}
        for number, one in self._objects.items():
            for relation in self.relations(one):
                other = self._numbers.get(id(relation.object))
                if relation.subject is one.facts and other not in {None, number}:
                    found.setdefault((number, other or 0), SELF[relation.verb])
        return found

    def _links(self, one: AnnotatedObject) -> list[Link]:
        """The objects that one has to do with, both ways, each once."""
        return list(dict.fromkeys(self._link(relation, one) for relation in self.relations(one)))

    def _link(self, relation: Relation, one: AnnotatedObject) -> Link:
        """A relation as one of its objects sees it."""
        is_own = relation.subject is one.facts
        other = relation.object if is_own else relation.subject
        number = self._numbers.get(id(other))
        verb = (SELF if is_own else OTHER)[relation.verb]
        return Link(verb, f"{other.kind} {other.name}", f"#object-{number}" if number else "")


def first_line(one: AnnotatedObject, part: Part, begun: set[int]) -> int:
    """Where an object begins: the first of a document with the comments above it and the line that divides them."""
    source = part.file.source
    span = next((d.span for d in part.file.documents if d.number == one.document), None)
    if one.document in begun or span is None:
        return source.place(one.annotations[0].span.start)[0] if one.annotations else part.total
    begun.add(one.document)
    line = source.place(span.start)[0]
    while line > 1 and not source.line(line).startswith("---") and ABOVE.match(source.line(line - 1)):
        line -= 1
    return line
