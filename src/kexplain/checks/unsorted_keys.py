"""unsorted-keys: an object whose fields are not written in alphabetical order."""

from collections.abc import Iterator
from itertools import pairwise

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Mapping, Node, Sequence, Span


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """The first key of an object that stands behind a later one."""
    stack: list[tuple[Node, str]] = [(visit.node, "")]
    seen: set[int] = set()
    while stack:
        node, path = stack.pop()
        if id(node) in seen:  # an alias stands for what was looked at where it is written
            continue
        seen.add(id(node))
        below: list[tuple[Node, str]] = []
        if isinstance(node, Mapping):
            written = [(name, entry) for name, entry in node.fields.items() if not entry.merged]
            for (before, _), (name, entry) in pairwise(written):
                if name < before:
                    values = {"path": path or "the object", "key": name, "before": before}
                    span = Span(entry.key.start, entry.key.end)
                    yield Problem(visit, values, span, field_path=below_path(path, name))
                    return
            below = [(entry.value, below_path(path, name)) for name, entry in written]
        elif isinstance(node, Sequence):
            below = [(item, f"{path}[{index}]") for index, item in enumerate(node.items)]
        stack += reversed(below)


def below_path(path: str, name: str) -> str:
    """The path of a field below another; a key with a dot or slash is bracketed, as in every field path."""
    return f"{path}[{name}]" if "." in name or "/" in name else f"{path}.{name}".lstrip(".")
