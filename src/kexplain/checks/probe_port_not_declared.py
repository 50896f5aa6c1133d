"""probe-port-not-declared: a probe of a port name that its container does not have."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import ports_of, probed_ports
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A port by a name that is not among the container's ``ports``."""
    names = {name for name, _ in ports_of(visit.parent.node)} if visit.parent else set()
    for port in probed_ports(visit):
        if isinstance(port.value, str) and not port.value.isdecimal() and port.value not in names:
            yield Problem(port, {"probe": visit.name})
