"""ssh-port-exposed: a way to log in to a container past the Kubernetes API."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

SSH, BESIDE = 22, 2222


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A TCP port 22 of a container; a port of a Service that is 22, or leads to 22 or 2222."""
    if visit.read("protocol") not in {None, "", "TCP"}:
        return
    if visit.position == "core/v1 ServiceSpec.ports[]":
        if visit.read("targetPort") in {SSH, BESIDE}:
            yield Problem(visit.child("targetPort"), {"where": "Service", "port": visit.read("targetPort")})
        elif visit.read("port") == SSH:
            yield Problem(visit.child("port"), {"where": "Service", "port": SSH})
    elif visit.read("containerPort") == SSH:
        yield Problem(visit.child("containerPort"), {"where": "container", "port": SSH})
