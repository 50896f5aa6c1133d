"""seccomp-profile-missing: a container for which nobody chose a seccomp profile."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import effective, reach, windows_exempt
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container with no ``seccompProfile`` of its own or of its Pod; the standard asks since 1.19."""
    if context.release < (1, 19) or windows_exempt(visit, context.release):
        return
    if effective(visit, "seccompProfile") is None:
        place, rest = reach(visit, "securityContext", "seccompProfile")
        yield missing(place, rest)
