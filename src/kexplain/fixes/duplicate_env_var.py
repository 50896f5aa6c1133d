"""duplicate-env-var: the definition that another overrides goes."""

from kexplain.fix import Drop, Fix, Path, Target, node_at
from kexplain.syntax.tree import descend, items, string


def fix(target: Target) -> Fix | None:
    """The last definition counts; an earlier one goes where no variable between them is built of it."""
    place: Path = target.path[:-2]
    index, name = target.path[-2] if len(target.path) > 2 else None, target.visit.text
    entries = items(node_at(target.visit.manifest.root, place))
    if not isinstance(index, int) or not name:
        return None
    first = next((n for n in range(index) if string(descend(entries[n], "name")) == name), None)
    if first is None or any(f"$({name})" in string(descend(one, "value")) for one in entries[first + 1 : index + 1]):
        return None
    return Fix(f"remove the first definition of {name}, which has no effect", (Drop((*place, first)),), safe=True)
