"""privilege-escalation-allowed: a container whose processes may gain more rights than they start with."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import reach, windows_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container that does not say ``allowPrivilegeEscalation: false``; the standard asks since 1.8."""
    if context.release < (1, 8) or windows_exempt(visit, context.release):
        return
    value = visit.read("securityContext", "allowPrivilegeEscalation")
    if value is not False:
        place, rest = reach(visit, "securityContext", "allowPrivilegeEscalation")
        yield missing(place, rest, state="not set") if rest else Problem(place, {"state": "true"})
