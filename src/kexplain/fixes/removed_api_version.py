"""removed-api-version: the version that takes its place, with the fields that move."""

from kexplain.fix import Fix, Target
from kexplain.fixes._versions import renewed


def fix(target: Target) -> Fix | None:
    """The object as the newer version has it, where it means the same there."""
    return renewed(target)
