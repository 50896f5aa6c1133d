"""unsorted-keys: an object whose fields are not written in alphabetical order."""

from collections.abc import Iterator
from itertools import pairwise

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Sequence


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """The first key of an object that stands behind a later one."""
    stack, seen = [visit], set[int]()
    while stack:
        here = stack.pop()
        if id(here.node) in seen:  # an alias stands for what was looked at where it is written
            continue
        seen.add(id(here.node))
        below: list[str] = []
        if isinstance(here.node, Mapping):
            below = [name for name, entry in here.node.fields.items() if not entry.merged]
            for before, name in pairwise(below):
                if name < before:
                    place = here.child(name)
                    values = {"path": here.path or "the object", "key": name, "before": before}
                    yield Problem(place, values, place.grip)
                    return
        elif isinstance(here.node, Sequence):
            below = [str(index) for index in range(len(here.node.items))]
        stack += [here.child(name) for name in reversed(below)]
