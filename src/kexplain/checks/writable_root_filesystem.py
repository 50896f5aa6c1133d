"""writable-root-filesystem: a container that can change the files of its image."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import is_windows, reach
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container without ``readOnlyRootFilesystem: true``; Windows does not have it."""
    if visit.read("securityContext", "readOnlyRootFilesystem") is not True and not is_windows(visit):
        place, rest = reach(visit, "securityContext", "readOnlyRootFilesystem")
        yield missing(place, rest) if rest else Problem(place)
