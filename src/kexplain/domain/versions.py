"""Semantic versions and conditions on them, as Helm reads both. Source: semver.org 2.0.0; Masterminds/semver, v3."""

import re

NUMBER = r"(?:0|[1-9]\d{0,8})"
IDENTIFIER = r"(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)"
SEMANTIC = re.compile(
    rf"{NUMBER}\.{NUMBER}\.{NUMBER}(?:-{IDENTIFIER}(?:\.{IDENTIFIER})*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?"
)
ONE = re.compile(
    r"(?P<sign>=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*"
    r"v?(?P<major>\d{1,9}|[xX*])(?:\.(?P<minor>\d{1,9}|[xX*]))?(?:\.(?P<patch>\d{1,9}|[xX*]))?"
    r"(?P<before>-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?"
)
RANGE = re.compile(r"(\S+)\s+-\s+(\S+)")
LONGEST = 200
Version = tuple[int, ...]


def is_semantic(text: str) -> bool:
    """Whether a text is a semantic version, strictly: three numbers, no ``v``."""
    return len(text) <= LONGEST and SEMANTIC.fullmatch(text) is not None


def fits(condition: str, minor: tuple[int, int]) -> bool | None:
    """Whether some release of a minor version (1, 30) meets a condition; None for one that cannot be read.

    Which patch release it is, nobody knows: a condition that some of them meet is met.
    """
    if len(condition) > LONGEST or not condition.strip():
        return None
    answers = [meets(part, minor) for part in condition.split("||")]
    return True if True in answers else None if None in answers else False


def meets(part: str, minor: tuple[int, int]) -> bool | None:
    """The same for conditions that hold together, divided by commas or spaces."""
    part = RANGE.sub(r">=\1 <=\2", part)
    part = re.sub(r"([=!<>~^])\s+", r"\1", part)
    found = [ONE.fullmatch(word) for word in re.split(r"[\s,]+", part.strip()) if word]
    if not found or None in found:
        return None
    # any release of the minor version: from its first to beyond its last
    return all(one is not None and overlaps(one, minor) for one in found)


def overlaps(match: "re.Match[str]", minor: tuple[int, int]) -> bool:
    """Whether a single condition holds for some release of a minor version."""
    parts = [match[name] for name in ("major", "minor", "patch")]
    known: list[int] = []
    for text in parts:
        if text is None or not text.isdigit():
            break
        known.append(int(text))
    if not known:
        return True
    sign, here = match["sign"] or "=", minor[: len(known)]
    named = tuple(known[:2])
    if sign in {"=", "==", "~", "~>"}:
        if sign[0] == "~" and len(known) == 1:
            return minor[0] == known[0]
        return here == named
    if sign == "^":
        return minor[0] == known[0] and minor >= named if known[0] else here == named
    if sign == "!=":
        return len(known) > 2 or here != named
    if sign in {">=", "=>"}:
        return here >= named
    if sign in {"<=", "=<"}:
        return here <= named
    if sign == ">":
        return here > named or (len(known) > 2 and here == named)
    return here < named or (len(known) > 2 and known[2] > 0 and here == named)
