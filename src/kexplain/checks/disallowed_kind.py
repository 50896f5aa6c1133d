"""disallowed-kind: an object of a kind that its organisation does not want here."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, disallowed: Sequence[str]) -> Iterator[Problem]:
    """An object of one of the kinds, named alone or with their API version."""
    manifest = visit.manifest
    names = (manifest.kind, f"{manifest.api_version}/{manifest.kind}")
    for pattern in disallowed:
        if any(fnmatchcase(name, pattern) for name in names):
            gvk = f"{manifest.api_version} {manifest.kind}"
            yield Problem(visit.child("kind"), {"gvk": gvk, "pattern": pattern})
            return
