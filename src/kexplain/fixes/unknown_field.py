"""unknown-field: a misspelt field gets the only name of its type that is near."""

from kexplain.api.schema import releases_with
from kexplain.fix import Fix, Rename, Target
from kexplain.fixes._shared import meant
from kexplain.syntax.tree import Mapping


def fix(target: Target) -> Fix | None:
    """The name that was meant, where no other is near, none of that name is there, and no version has the field."""
    visit, holder = target.visit, target.visit.parent
    owner = holder.type if holder else None
    if owner is None or holder is None or not isinstance(holder.node, Mapping) or target.rest:
        return None
    name = meant(visit.name, owner.fields)
    if name is None or name in holder.node.fields or releases_with(owner.name, visit.name):
        return None
    return Fix(f"{visit.name} becomes {name}", (Rename(target.path, name),), safe=True)
