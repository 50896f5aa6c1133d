"""Constraints of metadata that no general kind can say."""

from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, items_of, value_at
from kexplain.syntax.tree import Mapping


def one_controller(metadata: Mapping, arguments: str) -> Iterator[Violation]:
    """At most one owner is the controller."""
    found = [
        i for i, owner in enumerate(items_of(metadata, "ownerReferences")) if value_at(owner, ("controller",)) is True
    ]
    for index in found[1:]:
        where = ("ownerReferences", str(index), "controller")
        yield Violation(where, "a second owner is called the controller; an object has one")
