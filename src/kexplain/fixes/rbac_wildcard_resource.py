"""rbac-wildcard-resource: the resources that ``*`` stands for, so that each can be taken away."""

from kexplain.api.kinds import resources
from kexplain.fix import Fix, Put, Target, node_at
from kexplain.syntax.tree import items, string


def fix(target: Target) -> Fix | None:
    """Those of the built-in groups of the rule by name; subresources are left out."""
    place, root = target.path[:-1], target.visit.manifest.root
    groups = {string(item) or "core" for item in items(node_at(root, (*place[:-1], "apiGroups")))}
    known = {one for one in resources().values() if one.group in groups}
    if target.rest or not groups or {one.group for one in known} != groups:
        return None
    names = sorted({one.plural for one in known})
    return Fix(f"name the {len(names)} resources of the group", (Put(place, names),))
