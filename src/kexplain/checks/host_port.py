"""host-port: a container port that is open on the node."""

from collections.abc import Collection, Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: Collection[int]) -> Iterator[Problem]:
    """A ``hostPort`` that is neither 0 nor allowed, nor what ``hostNetwork`` makes of the container port anyway."""
    port, spec = visit.value, pod_spec(visit)
    if port in (None, 0) or port in allowed:
        return
    on_host = spec is not None and spec.read("hostNetwork") is True
    if not (on_host and visit.parent is not None and visit.parent.read("containerPort") == port):
        yield Problem(visit)
