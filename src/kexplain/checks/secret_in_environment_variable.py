"""secret-in-environment-variable: a Secret that a container gets as environment variables."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``secretKeyRef`` of ``env`` or a ``secretRef`` of ``envFrom``."""
    if isinstance(visit.node, Mapping):
        yield Problem(visit, {"secret": visit.read("name") or "?"})
