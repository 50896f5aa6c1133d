"""root-user-id: a container or Pod whose user is given as 0."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import bearer, user_namespace_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``runAsUser: 0``; the standard asks since 1.23."""
    is_zero = visit.value == 0 and visit.value is not False
    if is_zero and context.release >= (1, 23) and not user_namespace_exempt(visit, context.release):
        yield Problem(visit, {"who": bearer(visit)})
