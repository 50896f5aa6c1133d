"""Small words that many messages share: the nearest name, a count, what is wrong with a pattern."""

import re
from collections.abc import Collection, Iterable
from itertools import islice

LONGEST = 100
"""Characters of a name that may be a misspelt one."""
MANY = 10_000
"""Names that one is held against."""
FEW = 500
"""The same for a name of a manifest, which may hold as many that are unknown."""


def regex_mistake(text: str) -> str:
    """What is wrong with a regular expression; empty for a good one."""
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)
    return ""


def near(name: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6, many: int = MANY) -> list[str]:
    """The known names that are nearest to one, the nearest first; none where a comparison would take too long.

    Names come from manifests too: a long one is no misspelt one, and nobody misses a guess among ten thousand.
    """
    from difflib import get_close_matches

    few = list(islice(known, many + 1))
    if len(name) > LONGEST or len(few) > many:
        return []
    return get_close_matches(name, [one for one in few if len(one) <= LONGEST], most, cutoff)


def resembling(name: str, known: Collection[str], cutoff: float = 0.6) -> str:
    """The known name that one of a manifest was probably meant to be: the same but for case, or near; else empty."""
    same = next((other for other in known if other.lower() == name.lower()), "")
    return same or next(iter(near(name, known, 1, cutoff, FEW)), "")


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The question whether the nearest known name was meant; empty where none is near."""
    return next((f"did you mean {one!r}?" for one in near(name, known, 1, cutoff)), "")


def hint(name: str, known: Iterable[str]) -> str:
    """The same question as the end of a message."""
    question = nearest(name, known)
    return f"; {question}" if question else ""


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" + ("" if number == 1 or noun == "info" else "s")
