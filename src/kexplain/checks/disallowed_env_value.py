"""disallowed-env-value: an environment variable with a value that its organisation does not want."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, disallowed: Mapping[str, str]) -> Iterator[Problem]:
    """A literal value that fits the pattern for a variable of that name."""
    name, value = visit.read("name"), visit.child("value")
    if not isinstance(name, str) or not isinstance(value.value, str):
        return
    if any(fnmatchcase(name, key) and fnmatchcase(value.value, pattern) for key, pattern in disallowed.items()):
        yield Problem(value, {"variable": name, "shown": shorten(value.value)})
