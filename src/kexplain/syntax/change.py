"""A change of an object by structure: a field gets a value, goes, or gets another name; and what that makes of it."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, NamedTuple

from kexplain.syntax.edit import Edit

Path = tuple[str | int, ...]
"""Keys and indices, from the root of an object."""


class Put(NamedTuple):
    """A field gets a value; what is missing above it is made. The index behind the last item adds one."""

    path: Path
    value: Any


class Drop(NamedTuple):
    """A field or item goes, and so many of the fields above it that are empty then."""

    path: Path
    above: int = 0


class Rename(NamedTuple):
    """A key gets another name."""

    path: Path
    name: str


class Text(NamedTuple):
    """Edits of the text that change nothing in what it means: of a comment, of a value that another replaces."""

    edits: tuple[Edit, ...]


Change = Put | Drop | Rename | Text


class ChangeError(ValueError):
    """A change that cannot be made, and why, in words."""


def compatible(one: Change, other: Change) -> bool:
    """Whether two changes of an object can be made together: neither is about what the other changes."""
    if one == other:
        return True
    if isinstance(one, Text) or isinstance(other, Text):
        mine, theirs = (change.edits if isinstance(change, Text) else () for change in (one, other))
        return not any(a.offset <= b.offset + b.cut and b.offset <= a.offset + a.cut for a in mine for b in theirs)
    shorter = min(len(one.path), len(other.path))
    return one.path[:shorter] != other.path[:shorter]


def settled(root: Any, changes: Iterable[Change]) -> list[Change]:
    """The changes as they are made: a mapping or list that they empty goes with its last field, or is empty then."""
    found = once(changes)
    while True:
        drops: dict[Path, list[Drop]] = {}
        for change in found:
            if isinstance(change, Drop):
                drops.setdefault(change.path[:-1], []).append(change)
        emptied = next((path for path, gone in drops.items() if len(gone) == len(at(root, path))), None)
        if emptied is None:
            return found
        gone = drops[emptied]
        above = min(drop.above for drop in gone)
        added = [change for change in found if isinstance(change, Put) and change.path[:-1] == emptied]
        found = [change for change in found if change not in gone and change not in added]
        if added or not above or not emptied:
            value: Any = [] if isinstance(at(root, emptied), list) else {}
            for change in added:
                put(value, (change.path[-1],), change.value)
            found.append(Put(emptied, value))
        else:
            found.append(Drop(emptied, above - 1))


def once(changes: Iterable[Change]) -> list[Change]:
    """The changes without repetition; values are not hashable."""
    seen: list[Change] = []
    for change in changes:
        if change not in seen:
            seen.append(change)
    return seen


def at(root: Any, path: Path) -> Any:
    """The plain value at a path. Raises ChangeError where there is none."""
    try:
        for step in path:
            root = root[step]
    except (KeyError, IndexError, TypeError) as error:
        raise ChangeError("the field is not there") from error
    return root


def put(root: Any, path: Path, value: Any) -> None:
    """Sets what a path leads to, and makes what is missing above it. Raises ChangeError."""
    for number, step in enumerate(path[:-1]):
        below = root[step] if not isinstance(root, dict) or step in root else None
        if below is None:
            below = root[step] = [] if path[number + 1] == 0 else {}
        root = below
    last = path[-1]
    if isinstance(root, list) and last == len(root):
        root.append(value)
    elif isinstance(root, dict) or (isinstance(root, list) and isinstance(last, int) and last < len(root)):
        root[last] = value  # type: ignore[index]
    else:
        raise ChangeError("another value stands where the field belongs")


def made(root: Any, changes: Iterable[Change]) -> Any:
    """A plain value after settled changes, all told by the paths that it has before. Raises ChangeError."""
    root, changes = deepcopy(root), list(changes)
    for one in (change for change in changes if isinstance(change, Put)):
        if not one.path:
            raise ChangeError("the whole object would go")
        put(root, one.path, deepcopy(one.value))
    for other in sorted((c for c in changes if isinstance(c, Rename)), key=lambda change: -len(change.path)):
        holder = at(root, other.path[:-1])
        if other.name in holder:
            raise ChangeError(f"there is a field {other.name} already")
        holder[other.name] = holder.pop(other.path[-1])
    for path in sorted((c.path for c in changes if isinstance(c, Drop)), key=drop_order, reverse=True):
        del at(root, path[:-1])[path[-1]]
    return root


def drop_order(path: Path) -> tuple[tuple[str, int], ...]:
    """The later items of a list first."""
    return tuple((step, 0) if isinstance(step, str) else ("", step) for step in path)
