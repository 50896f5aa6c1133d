"""rbac-secret-access: an RBAC rule that opens every Secret in its reach."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that reads or rewrites Secrets without naming which."""
    found = grant(visit, "", {"secrets"}, {"get", "list", "watch", "update", "patch"})
    if found and not visit.items("resourceNames"):
        yield Problem(found.resource, {"verb": found.verb.value})
