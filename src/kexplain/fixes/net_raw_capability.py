"""net-raw-capability: the container drops NET_RAW."""

from kexplain.fix import Fix, Put, Target
from kexplain.fixes._shared import item_removed


def fix(target: Target) -> Fix | None:
    """One more in ``capabilities.drop``; what is added goes."""
    if "add" in target.path:
        return item_removed(target, 3)
    number = 0 if target.rest else len(target.visit.items())
    return Fix("drop the capability NET_RAW", (Put((*target.path, number), "NET_RAW"),))
