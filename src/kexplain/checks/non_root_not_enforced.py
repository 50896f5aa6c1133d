"""non-root-not-enforced: a container with an ordinary user that nothing holds to it."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import bearer, effective, has_ordinary_user, reach, user_namespace_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """What run-as-root-allowed leaves alone because ``runAsUser`` is above 0."""
    if user_namespace_exempt(visit, context.release):
        return
    if visit.name == "runAsNonRoot":
        if visit.value is False and has_ordinary_user(visit):
            yield Problem(visit, {"who": bearer(visit), "state": "false"})
    elif effective(visit, "runAsNonRoot") is None and has_ordinary_user(visit):
        place, rest = reach(visit, "securityContext", "runAsNonRoot")
        yield missing(place, rest, who=bearer(visit), state="not set")
