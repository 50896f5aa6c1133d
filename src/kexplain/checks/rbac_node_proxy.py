"""rbac-node-proxy: an RBAC rule by which one reaches the kubelet's own API."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ClusterRole's rule that opens ``nodes/proxy``."""
    found = grant(visit, "", {"nodes/proxy"}, {"get", "create", "update", "patch", "delete"})
    if found and visit.manifest.kind == "ClusterRole":
        yield Problem(found.resource, {"verb": found.verb.value})
