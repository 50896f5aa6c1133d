"""undefined-volume: the only volume whose name is near."""

from kexplain.fix import Fix, Target, node_at
from kexplain.fixes._shared import renamed
from kexplain.syntax.tree import descend, items, string


def fix(target: Target) -> Fix | None:
    """The name that was meant."""
    root, spec = target.visit.manifest.root, target.path[:-5]
    names = [string(descend(one, "name")) for one in items(node_at(root, (*spec, "volumes")))]
    names += [string(descend(o, "metadata", "name")) for o in items(descend(root, "spec", "volumeClaimTemplates"))]
    return None if target.visit.text in names else renamed(target, names, safe=True)
