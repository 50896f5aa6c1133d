"""rbac-create-persistent-volumes: an RBAC rule by which one can reach the files of nodes."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import grant
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule that creates volumes."""
    found = grant(visit, "", {"persistentvolumes"}, {"create"})
    if found:
        yield Problem(found.resource, {"verb": found.verb.value})
