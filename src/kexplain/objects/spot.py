"""A spot: a field as a finding points at it, as a small value without the tree it stands in."""

from typing import NamedTuple

from kexplain.syntax.tree import Span


class Spot(NamedTuple):
    """Where a field stands and what it is called.

    ``anchor`` is the path with the names of list items instead of their indices, and the value: it outlives a move.
    ``text`` is the value as it is written; ``container`` the name of the container around it, or empty. A value that
    is filled in later is ``unresolved``.
    """

    span: Span
    path: str
    anchor: str
    name: str
    text: str
    container: str
    unresolved: bool = False
    settable: bool = True
    """Whether the definition around it has such a field."""
    lacks: bool = False
    """Whether it is a field that is not there."""
