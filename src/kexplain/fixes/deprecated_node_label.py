"""deprecated-node-label: the label's name of today."""

from kexplain.constraints.outdated import NODE_LABELS
from kexplain.fix import Fix, Put, Rename, Target


def fix(target: Target) -> Fix | None:
    """The label under its new name; nodes that only have the old one are no longer chosen."""
    visit = target.visit
    if new := NODE_LABELS.get(visit.name):
        return Fix(f"{visit.name} becomes {new}", (Rename(target.path, new),))
    new = NODE_LABELS.get(visit.text)
    return Fix(f"{visit.text} becomes {new}", (Put(target.path, new),)) if new else None
