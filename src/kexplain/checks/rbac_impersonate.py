"""rbac-impersonate: an RBAC rule by which one can act as somebody else."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant, names
from kexplain.objects.visit import Visit

CLUSTER_WIDE = {"users", "groups", "serviceaccounts"}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that impersonates users, groups or ServiceAccounts, unless it names harmless ones."""
    resources = CLUSTER_WIDE if visit.manifest.kind == "ClusterRole" else {"serviceaccounts"}
    found = grant(visit, "", resources, {"impersonate"})
    whom = names(visit, "resourceNames")
    if found and (not whom or any(name.startswith("system:") for name in whom)):
        yield Problem(found.verb, {"resource": found.resource.value, "verb": found.verb.value})
