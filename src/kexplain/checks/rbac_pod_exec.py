"""rbac-pod-exec: an RBAC rule by which one can run commands in containers."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import connect_verbs, grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that opens ``pods/exec``."""
    found = grant(visit, "", {"pods/exec"}, connect_verbs(context.release))
    if found:
        yield Problem(found.resource, {"verb": found.verb.value})
