"""What several fixes ask: which name was meant, what a Pod template is labelled with, the limit beside a request."""

from collections.abc import Collection, Iterable

from kexplain.fix import Drop, Fix, Put, Target, shown
from kexplain.syntax.tree import Mapping, Scalar, descend, plain_value
from kexplain.words import FEW, near

NEAR = 0.75
"""How alike a name must be to one that it surely stands for, if no other is."""


def meant(name: str, known: Iterable[str], cutoff: float = NEAR) -> str | None:
    """The one known name that a written one surely stands for: the same but for case, or the only one near it."""
    names = list(known)
    same = [one for one in names if one.lower() == name.lower()]
    found = same or near(name, names, 2, cutoff, FEW)
    return found[0] if len(found) == 1 and found[0] != name else None


def renamed(target: Target, known: Collection[str], *, safe: bool) -> Fix | None:
    """The value becomes the one name that is near."""
    name = meant(target.visit.text, known)
    if name is None or target.rest or not isinstance(target.visit.node, Scalar):
        return None
    return Fix(f"{shown(target.path)}: {target.visit.text} becomes {name}", (Put(target.path, name),), safe)


def labels_of_pods(target: Target) -> dict[str, str]:
    """The labels of the object's Pod template."""
    templates = target.visit.manifest.pod_templates
    found = plain_value(descend(templates[0], "metadata", "labels")) if len(templates) == 1 else None
    is_labels = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
    return found if isinstance(found, dict) and is_labels else {}


def request_is_limit(target: Target) -> Fix | None:
    """The request becomes what the limit beside it is."""
    resources = target.visit.parent.parent if target.visit.parent else None
    limits = resources.get("limits") if resources else None
    limit = limits.get(target.visit.name) if isinstance(limits, Mapping) else None
    if not isinstance(limit, Scalar) or limit.value is None or target.rest:
        return None
    return Fix(f"the request of {target.visit.name} becomes its limit, {limit.text}", (Put(target.path, limit.value),))


def item_removed(target: Target, above: int) -> Fix:
    """An item goes, and so many of the fields above it as are empty then."""
    what = target.visit.text or shown(target.path)
    return Fix(f"remove {what} from {shown(target.path[:-1])}", (Drop(target.path, above),))
