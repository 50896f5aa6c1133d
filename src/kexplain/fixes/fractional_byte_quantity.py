"""fractional-byte-quantity: the amount of bytes that was surely meant."""

import re

from kexplain.fix import Fix, Put, Target, shown


def fix(target: Target) -> Fix | None:
    """``Mi`` for ``m``, which is a thousandth."""
    text = target.visit.text
    if target.rest or not re.fullmatch(r"[0-9]+m", text):
        return None
    return Fix(f"{shown(target.path)}: {text} becomes {text[:-1]}Mi", (Put(target.path, f"{text[:-1]}Mi"),))
