"""A suppression: which rules it names, why and until when; and the words of a comment or an annotation that say so.

======================================================  =====================================================
``# kexplain: ignore[rule, …] reason (until DATE)``     a line, and what begins on it
``# kexplain: ignore-file[rule, …] reason``             the whole file
``kexplain.dev/ignore: "rule, …: reason (until …)"``    an object; ``kexplain.dev/ignore.CONTAINER`` a container
``ignore.kexplain.dev/RULE: "reason (until …)"``        the same with a key for each rule
======================================================  =====================================================

Several directives may follow each other in one comment; a reason ends before another comment (`` # ``).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kexplain.objects.outcome import Identity
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Span

HEAD = re.compile(r"#[ \t]*kexplain:[ \t]*")
NO_COLON = re.compile(r"#[ \t]*kexplain[ \t]+ignore(?:-file)?[ \t]*\[")
DIRECTIVE = re.compile(r"(ignore(?:-file)?)[ \t]*\[([^\]]*)\](?:[ \t]*[:-]+(?=[ \t]))?(.*)")
NAME = re.compile(r"[\w.*?-]{1,100}")
UNTIL = re.compile(r"\([ \t]*until\b([^()]*)\)$")
MOST = 5_000
"""Directives of a file and names of a run that are read; a person writes fewer."""
ABOUT_SUPPRESSIONS = ("unused-suppression", "unknown-rule-in-suppression", "expired-suppression")
"""The rules about suppressions: code emits them, and no comment on a line or annotation hides them."""
FORM = "# kexplain: {}[{}] reason"
LISTED_FORM = '"rule-a, rule-b: reason"'


class Words(NamedTuple):
    """What was written: rules, reason and last day. ``mistake`` says why it cannot be obeyed; empty for a good one."""

    names: tuple[str, ...] = ()
    reason: str = ""
    until: date | None = None
    mistake: str = ""
    whole_file: bool = False


class Suppression(NamedTuple):
    """Words that stand in a source, and what they cover there: what begins in one of the spans.

    ``container`` restricts them to findings about that container; ``document`` is the number of the one they speak of,
    0 for the whole file; ``ground`` is ``comment`` or ``annotation``.
    """

    ground: str
    words: Words
    source: Source
    span: Span
    covers: tuple[Span, ...] = ()
    container: str = ""
    document: int = 0
    identity: Identity = Identity()

    @property
    def size(self) -> int:
        """How much text it covers."""
        return sum(end - start for start, end in self.covers)


def directives(comment: str) -> Iterator[tuple[Span, Words]]:
    """The directives of a comment, each with its span in it; none for a comment that is not about kexplain."""
    heads = list(HEAD.finditer(comment))
    if not heads and re.search(r"\bkexplain: *ignore", comment):
        yield Span(0, len(comment)), Words(mistake=f"it begins with other words; write {FORM.format('ignore', 'rule')}")
    if not heads and NO_COLON.match(comment):
        yield Span(0, len(comment)), Words(mistake=f"a colon is missing; write {FORM.format('ignore', 'rule')}")
    ends = [*(head.start() for head in heads[1:]), len(comment)]
    for head, end in zip(heads, ends, strict=False):
        text = re.split(r"[ \t]#[ \t]", comment[head.end() : end], maxsplit=1)[0].rstrip()
        yield Span(head.start(), head.end() + len(text)), directive(text)


def directive(text: str) -> Words:
    """What stands behind ``# kexplain:``."""
    match = DIRECTIVE.fullmatch(text)
    if not match:
        return Words(mistake=right_form(text))
    verb, names, rest = match.groups()
    return worded(re.findall(r"[^\s,]+", names), rest, FORM.format(verb, "rule"))._replace(whole_file=verb != "ignore")


def right_form(text: str) -> str:
    """What is wrong with a directive that has not the form of one, and how it is written."""
    verb, *more = re.findall(r"[^\s,\[\]]+", text)[:2] or [""]
    if verb not in {"ignore", "ignore-file"}:
        return f"{verb[:40]!r} is nothing that kexplain knows; write {FORM.format('ignore', 'rule')}"
    known = more and "-" in more[0] and NAME.fullmatch(more[0])
    return f"the rules stand in brackets; write {FORM.format(verb, more[0] if known else 'rule')}"


def listed(text: str) -> Words:
    """The value of ``kexplain.dev/ignore``."""
    names, _, reason = text.partition(":")
    return worded([name.strip() for name in names.split(",") if name.strip()], reason, LISTED_FORM)


def worded(names: list[str], rest: str, form: str) -> Words:
    """Names and what follows them, checked; ``form`` is how it should have been written."""
    reason, until = rest.strip(), None
    if not 0 < len(names) <= 100:
        return Words(mistake=f"it names {'more than 100 rules' if names else 'no rule'}; write {form}")
    for name in names:
        if not NAME.fullmatch(name):
            return Words(mistake=f"{name[:40]!r} cannot be the name of a rule; write {form}")
    if match := UNTIL.search(reason):
        reason, written = reason[: match.start()].rstrip(), match[1].strip(" \t:")
        until = day(written)
        if until is None:
            return Words(mistake=f"{written[:40]!r} is not a date; write (until 2027-03-31)")
    return Words(tuple(dict.fromkeys(names)), reason, until)


def day(text: str) -> date | None:
    """A date such as 2027-03-31, None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        return None


def has_ended(until: date | None) -> bool:
    """Whether the last day that something holds is over."""
    return until is not None and until < date.today()
