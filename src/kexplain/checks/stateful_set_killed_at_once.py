"""stateful-set-killed-at-once: Pods with a name of their own that may still run when their successor starts."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """No grace period in a StatefulSet."""
    if visit.manifest.kind == "StatefulSet":
        yield Problem(visit)
