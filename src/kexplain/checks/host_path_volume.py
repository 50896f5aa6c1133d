"""host-path-volume: a volume of a Pod that is a part of its node."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A volume with ``hostPath``."""
    if visit.get("hostPath") is not None:
        values = {"volume": visit.read("name") or "?", "host": visit.read("hostPath", "path") or "?"}
        yield Problem(visit.child("hostPath"), values)
