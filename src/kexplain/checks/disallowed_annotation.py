"""disallowed-annotation: an annotation that its organisation does not want."""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(
    visit: Visit, context: Context, *, disallowed: Mapping[str, str], allowed: Sequence[str]
) -> Iterator[Problem]:
    """An annotation whose key and value fit an entry, unless its key is let through."""
    if any(fnmatchcase(visit.name, key) for key in allowed):
        return
    if any(fnmatchcase(visit.name, key) and fnmatchcase(visit.text, value) for key, value in disallowed.items()):
        yield Problem(visit, {"key": visit.name, "shown": shorten(visit.text)})
