"""host-path-volume: a volume of a Pod that is a part of its node."""

from collections.abc import Iterator, Sequence
from posixpath import normpath

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: Sequence[str]) -> Iterator[Problem]:
    """A volume with ``hostPath``, but for the allowed paths."""
    host = visit.read("hostPath", "path")
    is_allowed = isinstance(host, str) and normpath(host) in map(normpath, allowed)
    if visit.get("hostPath") is not None and not is_allowed:
        values = {"volume": visit.read("name") or "?", "host": host or "?"}
        yield Problem(visit.child("hostPath"), values)
