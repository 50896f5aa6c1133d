"""pdb-without-unhealthy-pod-eviction-policy: a budget that may hold Pods on a node although they do not work."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A budget that leaves the policy to its default; the field is on by default since 1.27."""
    if context.release >= (1, 27) and visit.get("unhealthyPodEvictionPolicy") is None:
        yield missing(visit, "unhealthyPodEvictionPolicy")
