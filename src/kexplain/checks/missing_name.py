"""missing-name: an object that has no name and no prefix to make one of."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Span

NAMES = ("name", "generateName")
NAMELESS = ("authentication.k8s.io", "authorization.k8s.io")
"""Groups whose objects are questions: they are answered and not kept."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """No metadata.name and no metadata.generateName, in an object whose kind is known; a LimitRange gets one."""
    manifest = visit.manifest
    known = manifest.exact and not manifest.type.open
    if not known or manifest.kind == "LimitRange" or manifest.group in NAMELESS or manifest.kind.endswith("List"):
        return
    if not any(visit.get("metadata", name) is not None and visit.read("metadata", name) != "" for name in NAMES):
        problem = missing(visit, "metadata.name")
        fields = visit.node.fields if isinstance(visit.node, Mapping) else {}
        if fields and "metadata" not in fields:  # the whole object lacks it: where the object begins
            first = next(iter(fields.values())).key
            problem = problem._replace(span=Span(first.start, first.end))
        yield problem
