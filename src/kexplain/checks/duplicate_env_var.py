"""duplicate-env-var: an environment variable defined twice in one container."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Scalar, span_of, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A name that stood before in the list, unless the new value builds on the old one: ``$(NAME)``."""
    first: dict[str, Scalar] = {}
    for index, item in enumerate(visit.items("env")):
        node = item.get("name") if isinstance(item, Mapping) else None
        name = string(node)
        if not isinstance(item, Mapping) or not isinstance(node, Scalar) or not name:
            continue
        before, value = first.setdefault(name, node), string(item.get("value"))
        if before is not node and (f"$({name})" not in value or value == f"$({name})"):
            place = Elsewhere(visit.manifest, span_of(before), "first defined here")
            yield Problem(visit.child("env").child(str(index)).child("name"), elsewhere=(place,))
