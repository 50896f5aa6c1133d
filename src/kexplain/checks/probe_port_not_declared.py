"""probe-port-not-declared: a probe that knocks at a port which its container does not speak of."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import containers, ports_of
from kexplain.objects.pod import pod_spec
from kexplain.objects.walk import Visit

ACTIONS = ("httpGet", "tcpSocket", "grpc")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A named port that the container lacks, or a number that none of the Pod's containers declares."""
    container, spec = visit.parent, pod_spec(visit)
    if container is None or spec is None:
        return
    names = {name for name, _ in ports_of(container.node)}
    numbers = {number for _, item in containers(spec) for _, number in ports_of(item)}
    for action in ACTIONS:
        port = visit.read(action, "port")
        if isinstance(port, str):
            undeclared = not port.isdecimal() and port not in names
        else:
            undeclared = isinstance(port, int) and bool(numbers) and port not in numbers
        if undeclared and not visit.read(action, "host"):
            yield Problem(visit.child(action).child("port"), {"probe": visit.name})
