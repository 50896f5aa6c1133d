"""duplicate-container-port-name: two ports of one container under one name."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Scalar, span_of, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A port name that stood before in the same list."""
    first: dict[str, Scalar] = {}
    for index, item in enumerate(visit.items("ports")):
        node = item.get("name") if isinstance(item, Mapping) else None
        if not isinstance(node, Scalar) or not string(node):
            continue
        before = first.setdefault(string(node), node)
        if before is not node:
            place = Elsewhere(visit.manifest, span_of(before), "first used here")
            yield Problem(visit.child("ports").child(str(index)).child("name"), elsewhere=(place,))
