"""rbac-create-pods: an RBAC rule by which one can start Pods, directly or through a workload."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit

CHANGE = {"create", "update", "patch"}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that creates Pods, or creates or changes what makes them."""
    found = (
        grant(visit, "", {"pods"}, {"create"})
        or grant(visit, "", {"replicationcontrollers"}, CHANGE)
        or grant(visit, "apps", {"deployments", "statefulsets", "daemonsets", "replicasets"}, CHANGE)
        or grant(visit, "batch", {"jobs", "cronjobs"}, CHANGE)
    )
    if found:
        yield Problem(found.resource, {"verb": found.verb.value})
