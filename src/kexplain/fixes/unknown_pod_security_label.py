"""unknown-pod-security-label: the only label of those that are read that is near."""

from kexplain.fix import Fix, Rename, Target
from kexplain.fixes._shared import meant

PREFIX = "pod-security.kubernetes.io/"
KNOWN = [f"{mode}{end}" for mode in ("enforce", "audit", "warn") for end in ("", "-version")]


def fix(target: Target) -> Fix | None:
    """The label that was meant; from then on it has an effect."""
    name = meant(target.visit.name.removeprefix(PREFIX), KNOWN, 0.7)
    if name is None or target.rest:
        return None
    return Fix(f"{target.visit.name} becomes {PREFIX}{name}", (Rename(target.path, PREFIX + name),))
