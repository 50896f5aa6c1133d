"""rbac-bind-verb: an RBAC rule by which one can hand out any role."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import GROUP, grant, names
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``bind`` on roles, unless it names which and no all-powerful one."""
    found = grant(visit, GROUP, {"roles", "clusterroles"}, {"bind"})
    which = names(visit, "resourceNames")
    if found and (not which or "cluster-admin" in which):
        yield Problem(found.verb, {"resource": found.resource.value, "verb": found.verb.value})
