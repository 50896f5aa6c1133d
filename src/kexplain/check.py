"""What a rule about one object sees and answers: what is wrong and where; the engine adds rule, severity and words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kexplain.api.release import Release
from kexplain.api.schema import Api
from kexplain.files.tree import Tree
from kexplain.objects.manifest import Manifest
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Span

LONGEST_SHOWN = 60


class Elsewhere(NamedTuple):
    """A second place a problem speaks of: in which object, where, and what is there."""

    manifest: Manifest
    span: Span
    message: str


class Problem(NamedTuple):
    """One thing wrong: at which visit, and the values the rule's message takes beside the usual ones.

    ``span`` is for a place that is not the visit's own (a key, an item); ``field_path`` likewise.
    """

    visit: Visit
    values: Mapping[str, object] = MappingProxyType({})
    span: Span | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    field_path: str | None = None


class Context(NamedTuple):
    """What a check may ask beside the visit: the API types, the target version, the files around; no other object."""

    api: Api
    release: Release
    tree: Tree


def missing(visit: Visit, field_name: str, **values: object) -> Problem:
    """A problem about a field that is not there: it points at the parent that should hold it.

    A dotted name goes further down: it points at the deepest of the parents that is there.
    """
    path = f"{visit.path}.{field_name}".lstrip(".")
    *parents, name = field_name.split(".")
    for parent in parents:
        if visit.get(parent) is None:
            break
        visit = visit.child(parent)
    return Problem(visit, {"field": name, **values}, visit.grip, field_path=path)


def shorten(text: str) -> str:
    """Text for a message: one line, at most LONGEST_SHOWN characters."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
