"""Where a text may hold something that nobody may be shown: told at a glance, as most hold nothing of the kind."""

from typing import NamedTuple

ENDINGS = {
    "pass": ("", "word", "wd", "phrase"), "pwd": ("",), "secret": ("", "s", "list"), "credential": ("", "s"),
    "token": ("",), "jwt": ("",), "bearer": ("",), "key": ("", "_base", "-base", "_content"),
}  # fmt: skip
"""What a name of a credential ends in, or the word for a Secret: a part that is quickly found, and what may follow."""
KEYS = ("api", "access", "secret", "private", "encryption", "signing", "account", "storage", "master", "auth", "cli")
"""What a key is that is a credential."""
HINTS = {
    "secretgenerator": ("",), "stringdata": ("",), "opaque": ("",),
    "kubernetes.io/": ("tls", "basic-auth", "ssh-auth", "docker"), "/data": ("",), "/stringdata": ("",),
    "private key-----": ("",), "akia": ("",), "asia": ("",), "gh": ("p_", "o_", "u_", "s_", "r_"), "github_pat_": ("",),
    "glpat-": ("",), "xox": ("",), "aiza": ("",), "k_live_": ("",), "eyj": ("",),
}  # fmt: skip
"""What else speaks of something hidden, and what must follow: Secrets that do not say so, forms of credentials."""
OF_SECRETS = ("secretgenerator", "stringdata", "opaque", "kubernetes.io/", "/data", "/stringdata")
"""The hints of Secrets."""
OPERATIONS = ("op:", '"op"', "'op'")
"""What stands in a patch that is written as operations, which name a place such as ``/data/password``."""
NAME_CHARS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


class Piece(NamedTuple):
    """A piece of a text in which something may be hidden, and the hints that it gives."""

    start: int
    end: int
    hints: set[str]


def piece_of(low: str, start: int, end: int) -> Piece | None:
    """A piece of a text in small letters; None where nothing is hidden in it."""
    part = low[start:end]
    hints = hints_of(part)
    found = hints or in_url(part) or any(named(part, word) for word in ENDINGS)
    return Piece(start, end, hints) if found else None


def hints_of(low: str) -> set[str]:
    """The hints that stand in a text in small letters."""
    found = {hint for hint, rest in HINTS.items() if hint in low and (rest == ("",) or follows(low, hint, rest))}
    return found if any(word in low for word in OPERATIONS) else found - {"/data", "/stringdata"}


def follows(low: str, start: str, rest: tuple[str, ...]) -> bool:
    """Whether one of some texts stands behind another."""
    here = low.find(start)
    while here >= 0:
        if low.startswith(rest, here + len(start)):
            return True
        here = low.find(start, here + 1)
    return False


def named(low: str, word: str) -> bool:
    """Whether names of credentials with that word may stand in a text."""
    here = low.find(word)
    while here >= 0:
        if ends_name(low, here, word):
            return True
        here = low.find(word, here + 1)
    return False


def ends_name(low: str, here: int, word: str) -> bool:
    """Whether a name ends with the word at that place, and may be that of a credential."""
    end = here + len(word)
    if word == "key":
        before = low[max(here - 40, 0) : here].rstrip("_-. ")
        if not before.endswith(KEYS) and "azure" not in before:
            return False
    for rest in ENDINGS[word]:
        if low.startswith(rest, end):
            after = low[end + len(rest) : end + len(rest) + 2]
            if after[:1] not in NAME_CHARS and not (after[:1] == " " and after[1:].isalnum()):  # as in prose
                return True
    return False


def in_url(low: str) -> bool:
    """Whether a URL may hold a password."""
    here = low.find("@") if "://" in low else -1
    while here >= 0:
        begin = low.rfind("://", max(here - 2_000, 0), here)
        if begin >= 0 and ":" in low[begin + 3 : here]:
            return True
        here = low.find("@", here + 1)
    return False
