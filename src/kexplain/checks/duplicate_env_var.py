"""duplicate-env-var: an environment variable defined twice in one container."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Scalar, span_of, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A name that stood before in the list, unless the new value builds on the old one: ``$(NAME)``."""
    if visit.type is not None and visit.type.short == "EnvVar":
        if visit.name != "0" or visit.parent is None or visit.up("Container") or visit.up("EphemeralContainer"):
            return  # a list is told of once, by its first item; that of a container by the container
        variables, holder = visit.parent, visit.manifest.kind
    elif visit.get("env") is not None:
        variables, holder = visit.child("env"), f'container "{visit.read("name") or "?"}"'
    else:
        return
    first: dict[str, Scalar] = {}
    for index, item in enumerate(variables.items()):
        node = item.get("name") if isinstance(item, Mapping) else None
        name = string(node)
        if not isinstance(item, Mapping) or not isinstance(node, Scalar) or not name:
            continue
        before, value = first.setdefault(name, node), string(item.get("value"))
        if before is not node and (f"$({name})" not in value or value == f"$({name})"):
            place = Elsewhere(visit.manifest, span_of(before), "first defined here")
            yield Problem(variables.child(str(index)).child("name"), {"holder": holder}, elsewhere=(place,))
