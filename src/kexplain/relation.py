"""What a rule about several objects sees and answers: facts, never trees. The engine adds rule, severity and words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kexplain.objects.facts import Facts
from kexplain.objects.spot import Spot
from kexplain.syntax.tree import Span


class Elsewhere(NamedTuple):
    """A second place that a problem speaks of: in which object, where, and what is there."""

    object: Facts
    span: Span
    message: str


class Problem(NamedTuple):
    """One thing wrong about how an object goes with others: where, and the values that the message takes."""

    spot: Spot
    values: Mapping[str, object] = MappingProxyType({})
    elsewhere: tuple[Elsewhere, ...] = ()


def named_there(one: Facts) -> Elsewhere:
    """An object that a problem speaks of, as its second place: where it gets its name."""
    return Elsewhere(one, one.named_at, f"the {one.kind}")
