"""rbac-moved-resource: the rule names the group that has the resource today."""

from kexplain.checks.rbac_moved_resource import GONE, GROUPS
from kexplain.fix import Fix, Put, Target, node_at
from kexplain.syntax.tree import items, string


def fix(target: Target) -> Fix | None:
    """In place of the group that is gone, where the rule is about nothing else; else beside it."""
    place = target.path[:-2]
    root = target.visit.manifest.root
    groups = [string(item) for item in items(node_at(root, (*place, "apiGroups")))]
    resources = {string(item).partition("/")[0] for item in items(node_at(root, (*place, "resources")))}
    wanted = GROUPS.get(target.visit.text.partition("/")[0])
    if wanted is None or GONE not in groups or wanted in groups:
        return None
    alone = {GROUPS.get(resource) for resource in resources} == {wanted}
    index = groups.index(GONE) if alone else len(groups)
    return Fix(f"the rule names the API group {wanted}", (Put((*place, "apiGroups", index), wanted),))
