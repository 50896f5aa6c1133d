"""rbac-escalate-verb: an RBAC rule that lifts the ban on granting more than one has."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import GROUP, grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``escalate`` on roles that it can reach."""
    resources = {"roles", "clusterroles"} if visit.manifest.kind == "ClusterRole" else {"roles"}
    found = grant(visit, GROUP, resources, {"escalate"})
    if found:
        yield Problem(found.verb, {"resource": found.resource.value, "verb": found.verb.value})
