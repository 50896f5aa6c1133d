"""ingress-class-annotation: the class of an Ingress, where it no longer belongs."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

GOOGLE = frozenset({"gce", "gce-internal"})
"""Classes of a controller that knows no other way."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """The annotation on an Ingress, unless its controller needs it."""
    if visit.manifest.kind == "Ingress" and visit.value not in GOOGLE:
        yield Problem(visit)
