"""rbac-token-create: an RBAC rule by which one can become any ServiceAccount."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that asks for tokens without naming for whom."""
    found = grant(visit, "", {"serviceaccounts/token"}, {"create"})
    if found and not visit.items("resourceNames"):
        yield Problem(found.resource, {"verb": found.verb.value})
