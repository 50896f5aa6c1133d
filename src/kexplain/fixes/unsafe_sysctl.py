"""unsafe-sysctl: the sysctl goes."""

from kexplain.fix import Drop, Fix, Target


def fix(target: Target) -> Fix | None:
    """Its entry, and the fields above that are empty then."""
    return None if target.rest else Fix(f"remove the sysctl {target.visit.text}", (Drop(target.path[:-1], 2),))
