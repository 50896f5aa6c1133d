"""apparmor-profile-missing: a container for which nobody chose an AppArmor profile."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.confinement import apparmor_profile
from kexplain.domain.pods import is_windows, reach
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container with no profile by field, of its own or of its Pod, or by annotation."""
    if not is_windows(visit) and apparmor_profile(visit) is None:
        place, rest = reach(visit, "securityContext", "appArmorProfile")
        yield missing(place, rest or "appArmorProfile")
