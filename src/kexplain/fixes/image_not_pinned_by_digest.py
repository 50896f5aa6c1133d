"""image-not-pinned-by-digest: the digest that the same image has elsewhere in these files."""

from kexplain.fix import Fix, Target
from kexplain.fixes._digests import pinned


def fix(target: Target) -> Fix | None:
    """The image with that digest, where there is only one."""
    return pinned(target)
