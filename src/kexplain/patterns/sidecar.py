"""sidecar: a Pod with more than one application container."""

from kexplain.tree import Sequence
from kexplain.walk import Visit


def matches(visit: Visit) -> bool:
    """Whether a list of containers has a second one."""
    return isinstance(visit.node, Sequence) and len(visit.node.items) > 1
