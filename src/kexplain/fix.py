"""What the fix of a finding sees and answers: which fields get which values; edits/ finds the text for it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kexplain.api.schema import Api
from kexplain.engine.finding import Finding
from kexplain.objects.visit import Visit
from kexplain.syntax.change import Change, Drop, Path, Put, Rename
from kexplain.syntax.tree import Mapping, Node, Sequence, descend

if TYPE_CHECKING:
    from kexplain.objects.reading import File

STEP = re.compile(r"\[([^\]]*)\]|\.?([^.\[\]]+)")


class Fix(NamedTuple):
    """What mends a finding, in words and as changes of its object.

    It is ``safe`` where the meaning cannot change, or the API server refused the object before.
    """

    words: str
    changes: tuple[Change, ...]
    safe: bool = False


class Target(NamedTuple):
    """A finding with the place that it is about.

    ``visit`` is the field, or the deepest of those above it that is there; ``rest`` are the names of what is missing
    below it. ``api`` are the types of the target version, ``files`` those of the run by path.
    """

    finding: Finding
    visit: Visit
    rest: tuple[str, ...]
    api: Api
    file: "File"
    files: "dict[str, File]"

    @property
    def path(self) -> Path:
        """The place as steps from the root of the object."""
        return (*steps(self.visit), *self.rest)

    @property
    def related(self) -> str:
        """What stands at the second place that the finding speaks of; empty where there is none."""
        for other in self.finding.related:
            place = other.place
            file = self.files.get(place.path)
            if file is not None and place.line == place.end_line:
                return file.source.line(place.line)[place.column - 1 : place.end_column - 1].strip("\"'")
        return ""


Fixer = Callable[[Target], Fix | None]
"""How a rule says what mends a finding of it; None where nothing surely does."""


def steps(visit: Visit) -> Path:
    """The steps from the root of an object to a visit."""
    if visit.parent is None:
        return ()
    return (*steps(visit.parent), int(visit.name) if visit.key is None else visit.name)


def below(root: Visit, path: str) -> tuple[Visit, tuple[str, ...]] | None:
    """The visit at a field path, or the deepest above it that is there, and the names of what is missing."""
    names = [match[1] if match[1] is not None else match[2] for match in STEP.finditer(path)]
    visit = root
    for number, name in enumerate(names):
        node = visit.node
        is_item = isinstance(node, Sequence) and name.isdecimal() and int(name) < len(node.items)
        if is_item or (isinstance(node, Mapping) and name in node.fields):
            visit = visit.child(name)
        elif isinstance(node, Sequence):
            return None
        else:
            return visit, tuple(names[number:])
    return visit, ()


def shown(path: Path) -> str:
    """A field as words name it: its own name, or that of its list with the index."""
    names = [step for step in path if isinstance(step, str)]
    last = path[-1] if path else ""
    return f"{names[-1]}[{last}]" if isinstance(last, int) and names else str(last)


def node_at(root: Node | None, path: Path) -> Node | None:
    """The node at a path below another; None where it is not there."""
    for step in path:
        if isinstance(step, int):
            root = root.items[step] if isinstance(root, Sequence) and step < len(root.items) else None
        else:
            root = descend(root, step)
    return root


__all__ = ["Change", "Drop", "Fix", "Fixer", "Path", "Put", "Rename", "Target", "below", "node_at", "shown", "steps"]
