"""default-namespace-used: an object among everything else that nobody found a place for."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit

BUILTIN = {("Service", "kubernetes"), ("ServiceAccount", "default")}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An object whose namespace is ``default``, or not written at all."""
    if (visit.manifest.kind, visit.manifest.name) in BUILTIN or visit.get("metadata") is None:
        return
    namespace = visit.read("metadata", "namespace")
    if namespace == "default":
        yield Problem(visit.child("metadata").child("namespace"), {"what": 'is in the namespace "default"'})
    elif namespace in {None, ""}:
        what = 'names no namespace, which means "default" unless kubectl is told'
        yield missing(visit.child("metadata"), "namespace", what=what)
