"""Small words that many messages share: the nearest name, a count, what is wrong with a pattern."""

import re
from collections.abc import Iterable


def regex_mistake(text: str) -> str:
    """What is wrong with a regular expression; empty for a good one."""
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)
    return ""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known name, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" + ("" if number == 1 or noun == "info" else "s")
