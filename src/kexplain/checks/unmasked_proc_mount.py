"""unmasked-proc-mount: a container that sees all of the node's /proc."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import user_namespace_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``procMount`` other than ``Default``, outside a user namespace."""
    if visit.value in {None, "Default"} or user_namespace_exempt(visit, context.release):
        return
    yield Problem(visit)
