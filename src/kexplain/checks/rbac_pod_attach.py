"""rbac-pod-attach: an RBAC rule by which one can attach to the processes of containers."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import connect_verbs, grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that opens ``pods/attach``."""
    found = grant(visit, "", {"pods/attach"}, connect_verbs(context.release))
    if found:
        yield Problem(found.resource, {"verb": found.verb.value})
