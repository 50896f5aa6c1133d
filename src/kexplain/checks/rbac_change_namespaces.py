"""rbac-change-namespaces: an RBAC rule by which one can change what a namespace lets in."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that changes namespaces without naming which."""
    found = grant(visit, "", {"namespaces"}, {"update", "patch"})
    if found and not visit.items("resourceNames"):
        yield Problem(found.resource, {"verb": found.verb.value})
