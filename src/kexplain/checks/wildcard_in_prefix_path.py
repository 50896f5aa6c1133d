"""wildcard-in-prefix-path: a star in a path where it is a letter like others."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A path that ends in ``/*`` where Kubernetes itself says what paths mean."""
    kind = visit.parent.read("pathType") if visit.parent else None
    if isinstance(visit.value, str) and visit.value.endswith("/*") and kind in {"Prefix", "Exact"}:
        yield Problem(visit)
