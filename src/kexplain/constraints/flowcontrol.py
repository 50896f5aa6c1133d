"""Constraints of API priority and fairness that no general kind can say.

Source: pkg/apis/flowcontrol/validation, as of Kubernetes 1.37.
"""

import math
from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, scalar_text, value_at, whole
from kexplain.syntax.tree import Mapping, descend

MOST_BITS = 60


def first_of_all(schema: Mapping, arguments: str) -> Iterator[Violation]:
    """Precedence 1 belongs to the schema called exempt."""
    name = scalar_text(descend(schema, "metadata", "name"))
    if whole(descend(schema, "spec", "matchingPrecedence")) == 1 and name != "exempt":
        yield Violation(("spec", "matchingPrecedence"), "matchingPrecedence 1 is kept for the schema exempt")


def exempt_name(level: Mapping, arguments: str) -> Iterator[Violation]:
    """Only the level called exempt is of the type Exempt."""
    name, kind = scalar_text(descend(level, "metadata", "name")), value_at(level, ("spec", "type"))
    if kind in {"Exempt", "Limited"} and (name == "exempt") != (kind == "Exempt"):
        yield Violation(
            ("spec", "type"), f'type {kind} stands in the level "{name}"; Exempt is the type of exempt, and of no other'
        )


def hand_size(queuing: Mapping, arguments: str) -> Iterator[Violation]:
    """How many queues a flow may use: not more than there are, and few enough to be shuffled by a hash."""
    hand, queues = whole(queuing.get("handSize")), whole(queuing.get("queues"))
    hand, queues = 8 if hand is None else hand, 64 if queues is None else queues
    if not hand > 0 or not 0 < queues <= 10_000_000:
        return
    if hand > queues:
        yield Violation(
            ("handSize",) if "handSize" in queuing.fields else ("queues",), f"handSize {hand} is above queues {queues}"
        )
    elif hand > MOST_BITS or sum(math.log2(queues - i) for i in range(hand)) > MOST_BITS:
        yield Violation(
            ("handSize",) if "handSize" in queuing.fields else ("queues",),
            f"handSize {hand} of {queues} queues needs more than {MOST_BITS} bits of a hash",
        )
