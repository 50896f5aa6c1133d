"""capabilities-not-dropped: a container that keeps capabilities without having named them."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import reach, windows_exempt
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container whose ``capabilities.drop`` lacks ``ALL``, in capitals; the standard asks since 1.22."""
    if context.release < (1, 22) or windows_exempt(visit, context.release):
        return
    dropped = visit.items("securityContext", "capabilities", "drop")
    if all(string(item) != "ALL" for item in dropped):
        place, rest = reach(visit, "securityContext", "capabilities", "drop")
        yield missing(place, rest) if rest else Problem(place)
