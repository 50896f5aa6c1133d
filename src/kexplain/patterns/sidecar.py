"""sidecar: a Pod with more than one application container."""

from kexplain.objects.walk import Visit
from kexplain.syntax.tree import Sequence


def matches(visit: Visit) -> bool:
    """Whether a list of containers has a second one."""
    return isinstance(visit.node, Sequence) and len(visit.node.items) > 1
