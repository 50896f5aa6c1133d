"""run-as-root-allowed: a container that the kubelet would start as root."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import (
    bearer,
    effective,
    has_ordinary_user,
    is_host_process,
    reach,
    user_namespace_exempt,
)
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Node, Scalar


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Pod or container with ``runAsNonRoot: false``, or a container for which neither says ``true``.

    Of a Pod template without containers, which an operator completes, an explicit ``runAsUser: 0`` tells it.

    One with a ``runAsUser`` above 0 cannot start as root; of a HostProcess Pod windows-host-process says worse.
    """
    if user_namespace_exempt(visit, context.release):
        return
    if visit.name == "runAsUser":
        spec = visit.parent.parent if visit.parent else None
        if is_zero(visit.node) and spec is not None and not spec.items("containers"):
            yield Problem(visit, {"who": bearer(visit), "state": "not set, and runAsUser is 0"})
    elif has_ordinary_user(visit):
        return
    elif visit.name == "runAsNonRoot":
        if visit.value is False:
            yield Problem(visit, {"who": bearer(visit), "state": "false"})
    elif effective(visit, "runAsNonRoot") is None and not is_host_process(visit):
        place, rest = reach(visit, "securityContext", "runAsNonRoot")
        user = effective(visit, "runAsUser")
        state = "not set, and runAsUser is 0" if is_zero(user) else "not set"
        yield missing(place, rest, who=bearer(visit), state=state)


def is_zero(user: Node | None) -> bool:
    """Whether a user is given as root."""
    return isinstance(user, Scalar) and user.value == 0 and user.value is not False
