"""invalid-quantity: the suffix as Kubernetes writes it."""

import re

from kexplain.api.quantity import BINARY, billionths
from kexplain.fix import Fix, Put, Target, shown

WRITTEN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?\s*([a-zA-Z]*)")


def fix(target: Target) -> Fix | None:
    """Without a space, in the right case, without ``B``; ``MB`` may mean two things, so that is a guess."""
    match = WRITTEN.fullmatch(target.visit.text.strip())
    if not match or target.rest:
        return None
    whole, decimals, suffix = match.groups("")
    stem = suffix[:-1] if len(suffix) > 1 and suffix[-1] in "bB" else suffix
    wanted = next((one for one in BINARY if one.lower() == stem.lower()), None)
    safe = wanted is not None or stem == suffix
    if wanted is None:
        wanted = {"K": "k", "KB": "k"}.get(suffix, stem) if not safe else stem
    new = f"{whole}{'.' + decimals if decimals else ''}{wanted}"
    try:
        billionths(new)
    except ValueError:
        return None
    return Fix(f"{shown(target.path)}: {target.visit.text} becomes {new}", (Put(target.path, new),), safe)
