"""Which spans of a text nobody may be shown: decided on the text as it is read, before anybody judges it.

Most texts hold nothing of the kind, and a glance at them is enough; what looks closer is loaded for the others.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kexplain.syntax.tree import Document, Span, descend, string

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


class Part(NamedTuple):
    """A piece of a text in which something may be hidden, and its document."""

    start: int
    end: int
    document: Document
    hints: set[str]


def hidden_in(text: str, documents: Iterable[Document]) -> tuple[Span, ...]:
    """The hidden spans of a text with these documents, in order; none overlaps another, or goes over several lines."""
    low = text.lower()
    parts = list(parts_of(low if len(low) == len(text) else text, documents))
    if not parts:
        return ()
    from kexplain.objects.hidden_values import spans_in

    return spans_in(text, parts)


def parts_of(low: str, documents: Iterable[Document]) -> Iterator[Part]:
    """The documents of a text in small letters in which something may be hidden, each with what stands before it."""
    here = 0
    documents = list(documents)
    for document in documents:
        start, here = here, len(low) if document is documents[-1] else document.span.end
        if not is_definition(document):
            part = low[start:here]
            hints = hints_of(part)
            if hints or in_url(part) or any(named(part, word) for word in ENDINGS):
                yield Part(start, here, document, hints)


def is_definition(document: Document) -> bool:
    """Whether a document defines a custom kind: its schema speaks of credentials, and holds none."""
    return string(descend(document.root, "kind")) == "CustomResourceDefinition"


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
