"""dangling-pdb: the labels of the Pods that were surely meant."""

from kexplain.fix import Fix, Target
from kexplain.fixes._selectors import reaching


def fix(target: Target) -> Fix | None:
    """The selector of the nearest Pods."""
    return reaching(target)
