"""probe-port-number-not-declared: a probe that asks a port of which the Pod does not speak."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import containers, ports_of, probed_ports
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A number that none of the Pod's containers declares, where they declare others."""
    spec = pod_spec(visit)
    if spec is None:
        return
    numbers = {number for _, item in containers(spec) for _, number in ports_of(item)}
    for port in probed_ports(visit):
        if numbers and isinstance(port.value, int) and port.value not in numbers:
            yield Problem(port, {"probe": visit.name})
