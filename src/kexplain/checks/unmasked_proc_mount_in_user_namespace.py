"""unmasked-proc-mount-in-user-namespace: a full /proc that only baseline forgives for its user namespace."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import user_namespace_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``procMount`` other than ``Default`` where ``unmasked-proc-mount`` makes its exception."""
    if visit.value not in {None, "Default"} and user_namespace_exempt(visit, context.release):
        yield Problem(visit)
