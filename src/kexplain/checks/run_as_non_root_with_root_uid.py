"""run-as-non-root-with-root-uid: a container that must not run as root and is told to."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import effective, reach
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Scalar


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container to which both ``runAsNonRoot: true`` and ``runAsUser: 0`` apply, from itself or its Pod."""
    must_not, user = effective(visit, "runAsNonRoot"), effective(visit, "runAsUser")
    if not isinstance(must_not, Scalar) or must_not.value is not True or not isinstance(user, Scalar):
        return
    if user.value == 0 and user.value is not False:
        place, _ = reach(visit, "securityContext", "runAsUser")
        yield Problem(place)
