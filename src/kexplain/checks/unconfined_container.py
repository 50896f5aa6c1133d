"""unconfined-container: a container with none of the kernel's fences around it."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.confinement import is_confined
from kexplain.domain.pods import is_windows, reach
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container with neither seccomp, AppArmor nor SELinux, that drops no capability."""
    if not is_windows(visit) and not is_confined(visit):
        place, rest = reach(visit, "securityContext", "seccompProfile")
        yield missing(place, rest) if rest else Problem(visit, span=visit.grip)
