"""duplicate-list-item: an item that stands there before, the same in every respect, goes."""

from kexplain.fix import Drop, Fix, Path, Target, node_at, shown
from kexplain.syntax.tree import Sequence, plain_value


def fix(target: Target) -> Fix | None:
    """The later one."""
    path: Path = target.path[:-1] if target.path and isinstance(target.path[-1], str) else target.path
    listed = node_at(target.visit.manifest.root, path[:-1])
    if not path or not isinstance(path[-1], int) or not isinstance(listed, Sequence) or target.rest:
        return None
    if plain_value(listed.items[path[-1]]) not in map(plain_value, listed.items[: path[-1]]):
        return None
    return Fix(f"remove {shown(path)}, which stands there already", (Drop(path),), safe=True)
