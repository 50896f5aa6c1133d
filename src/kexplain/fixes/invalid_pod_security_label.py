"""invalid-pod-security-label: the only level that is near."""

from kexplain.fix import Fix, Target
from kexplain.fixes._shared import renamed


def fix(target: Target) -> Fix | None:
    """The level that was meant."""
    return renamed(target, ("privileged", "baseline", "restricted", "latest"), safe=True)
