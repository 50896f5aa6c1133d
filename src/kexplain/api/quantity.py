"""Kubernetes quantities (``250m``, ``1.5Gi``, ``1e3``): text → exact value, as Kubernetes itself reads it."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
"""Suffix → power of two."""
DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
"""Suffix → power of ten."""
LARGEST = 2**63 - 1
"""What Kubernetes caps quantities with a binary suffix at."""
LONGEST, MOST_DIGITS = 200, 2
"""Characters of a quantity and digits of an exponent that are read at all; more is no amount of anything."""

SPLIT = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(.*)", re.DOTALL)
EXPONENT = re.compile(r"[eE]([+-]?)0*([0-9]+)")
NANO = 10**9


def parse_quantity(value: object) -> "Fraction":
    """The exact value of a quantity: of a string, or of a number as YAML reads it.

    Raises ValueError with a message for a person.
    """
    from fractions import Fraction

    return Fraction(billionths(value), NANO)


def billionths(value: object) -> int:
    """A quantity in billionths, for checks: comparing whole numbers spares every start the import of fractions.

    Like Kubernetes it rounds up, away from zero, to a billionth, and caps binary suffixes at 2⁶³ - 1. Raises
    ValueError with a message for a person.
    """
    text = value.strip() if isinstance(value, str) else repr(value) if type(value) in {int, float} else ""
    if len(text) > LONGEST:
        raise ValueError(f"{text[:20]!r}… is too long for a quantity")
    sign, whole, decimals, suffix = split(text)
    base, exponent = scale(text, suffix)
    above, below = int(whole + decimals or "0") * NANO, 10 ** len(decimals)
    above, below = above * int(base ** max(exponent, 0)), below * int(base ** max(-exponent, 0))
    amount = -(-above // below)
    if base == 2:
        amount = min(amount, LARGEST * NANO)
    return int(-amount if sign == "-" else amount)


def split(text: str) -> tuple[str, str, str, str]:
    """Sign, digits, decimals and suffix of a quantity. Raises ValueError where it has no digits."""
    match = SPLIT.match(text)
    sign, whole, decimals, suffix = match.groups("") if match else ("", "", "", text)
    if not text:
        raise ValueError("a quantity is a number, or a string such as 500m or 1Gi")
    if not whole and not decimals:
        raise ValueError(f"{text!r} is not a quantity: it does not begin with a number")
    return sign, whole, decimals, suffix


def scale(text: str, suffix: str) -> tuple[int, int]:
    """Base and exponent that a suffix stands for. Raises ValueError for one that Kubernetes does not know."""
    if suffix in DECIMAL:
        return 10, DECIMAL[suffix]
    if suffix in BINARY:
        return 2, BINARY[suffix]
    match = EXPONENT.fullmatch(suffix)
    if not match:
        raise ValueError(f"{text!r} is not a quantity: {hint(suffix)}")
    if len(match[2]) > MOST_DIGITS:
        raise ValueError(f"{text!r} is not an amount that Kubernetes can count")
    return 10, int(match[1] + match[2])


def hint(suffix: str) -> str:
    """What is wrong with a suffix, and what was probably meant."""
    if suffix != suffix.lstrip():
        return "no space may stand before the suffix"
    if suffix[0] in ",_'":
        return "digits cannot be grouped, and decimals follow a point"
    stem = suffix[:-1] if len(suffix) > 1 and suffix[-1] in "bB" else suffix
    wanted = stem[0].upper() + stem[1:].lower()
    if wanted in BINARY:
        return f"the suffix is written {wanted}"
    if wanted == "K":
        return "write Ki for 1024 or k for 1000"
    if wanted in {"M", "G", "T", "P"}:
        return f"write {wanted}i for powers of 1024 or {wanted} for powers of 1000"
    return f"there is no suffix {suffix[:20]!r}; suffixes are m, k, M, G, T, P, E and Ki, Mi, Gi, Ti, Pi, Ei"
