"""Where a text assigns something to the name of a credential, be it YAML, JSON, a script or a comment.

Only the text is looked at, so it holds as well for what cannot be read, and for texts that stand in a value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from kexplain.objects.credentials import FORMS, is_name, may_be
from kexplain.objects.hints import ENDINGS, NAME_CHARS, Piece, ends_name
from kexplain.syntax.tree import Span

OF_FORMS = {
    "a private key": ("private key-----",), "an AWS access key": ("akia", "asia"), "a GitLab token": ("glpat-",),
    "a GitHub token": ("gh", "github_pat_"), "a Slack token": ("xox",), "a Google API key": ("aiza",),
    "a Stripe key": ("k_live_",), "a JSON Web Token": ("eyj",),
}  # fmt: skip
"""The hints of every form; passwords in URLs are looked for at their ``://``."""
IN_URL = re.compile(r"://[^\s:/@'\"<>{}$]*:(?![*x]+@)[^\s/@'\"<>{}$(]{3,}@")
LONGEST_NAME, LONGEST_VALUE, NEAR, FAR, SHORT = 100, 100_000, 300, 2_000, 500
AFTER_NAME = re.compile(r"""[\\"'\]]{0,4}[ \t]{0,9}(?:[:=]|=>)[ \t]*+""")
BEFORE_NAME = re.compile(r"""(?:name|key|path|variable|id)[\\"']{0,4}[ \t]{0,9}[:=][\s\\"'/\w.&!-]{0,80}\Z""")
"""What stands before the name of a credential that is itself a value: its own stands under another key."""
VALUE_KEY = re.compile(
    r"""(?<![\w.-])(?:value|default|defaultValue|content|stringValue)[\\"']{0,4}[ \t]{0,9}[:=][ \t]*+"""
)
APART = re.compile(r"""(?m)(?<![\w.-])name[\\"']{0,4}[ \t]{0,9}[:=]|^[ \t]*+-[ \t]|[}\]]""")
"""What lies between a name and the value of another."""
OWN = re.compile(r"#[ \t]*(?:kexplain|finding|related|hidden)\b")
PROSE = 4
"""Words of a comment that no longer looks like a value."""
UNCLEAR = re.compile(r"[*&{]|[ \t]{0,9}(?:#.{0,99})?\n(?:.{0,99}\n)?[ \t]*[\"']?(?:value|default|content|plain|text)")
"""A value that is an alias, or has fields; or some of the lines below are called a value."""
BEGIN = re.compile(r"""[ \t]*+(?:#[ \t]*+|-[ \t]++|export[ ]++|\?[ \t]++|["'])*""")
"""What may stand before a name that is alone on its line."""
ENTRY = re.compile(r"""[ \t]*+(?:-[ \t]++)?["']?[A-Za-z_][\w./-]*+["']?[ \t]*+:(?:[ \t]|$)""", re.MULTILINE)
PLAIN_END = re.compile(r"""[,}\]"'\\\n]""")
SHELL_END = re.compile(r"""[\s,}\])"'\\;&|]""")
QUOTE = re.compile(r"""\\*+["']""")


class Text:
    """A text, the same in small letters, and where its lines begin; every offset is good for all of them."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        low = self.text.lower()
        if len(low) != len(text):  # some letters have two small ones
            low = re.sub("[A-Z]+", lambda match: match[0].lower(), self.text)
        self.low = low
        self._starts: list[int] | None = None

    def line(self, offset: int) -> tuple[int, int]:
        """Where the line of an offset begins and ends. All lines are counted only where one of them is long."""
        begin = self.text.rfind("\n", max(offset - SHORT, 0), offset)
        end = self.text.find("\n", offset, offset + SHORT)
        if begin >= 0 and end >= 0:
            return begin + 1, end
        if self._starts is None:
            self._starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        at = bisect_right(self._starts, offset)
        return self._starts[at - 1], self._starts[min(at, len(self._starts) - 1)] - 1


def named_spans(text: Text, part: Piece) -> tuple[list[Span], list[int]]:
    """What is assigned to the names of credentials, and the places where only a tree can tell what is."""
    whole, spans, places = text.text, list[Span](), list[int]()
    for start, end in names_in(text, part):
        if spans and spans[-1].start <= start and end <= spans[-1].end:
            continue  # part of the value of the name before it
        if match := AFTER_NAME.match(whole, end):
            if span := value_at(text, start, match.end(), shell="=" in match[0]):
                spans.append(span)
            if UNCLEAR.match(whole, match.end()):
                places.append(start)
        elif whole[start] == "-":
            places.append(start)
        elif BEFORE_NAME.search(whole, max(start - 120, 0), start) and VALUE_KEY.search(
            whole, max(start - FAR, 0), end + FAR
        ):
            places.append(start)
            spans += values_beside(text, start, end)
    return spans, places


def names_in(text: Text, part: Piece) -> Iterator[tuple[int, int]]:
    """Where the names of credentials stand in a part."""
    whole, done = text.text, set[int]()
    for word in ENDINGS:
        here = text.low.find(word, part.start, part.end)
        while here >= 0:
            start, end = here, here + len(word)
            if not ends_name(text.low, here, word):
                here = text.low.find(word, end, part.end)
                continue
            while start > 0 and end - start < LONGEST_NAME and whole[start - 1] in NAME_CHARS:
                start -= 1
            while end < len(whole) and end - start < 2 * LONGEST_NAME and whole[end] in NAME_CHARS:
                end += 1
            if start not in done and is_name(whole[start:end].strip(".-")):
                done.add(start)
                yield start, end
            here = text.low.find(word, end, part.end)


def values_beside(text: Text, start: int, end: int) -> Iterator[Span]:
    """What stands as the value beside a name that is a value itself, as in ``env``."""
    whole = text.text
    for match in VALUE_KEY.finditer(whole, max(start - NEAR, 0), min(end + NEAR, len(whole))):
        if match.end() <= start:
            own_key = max(whole.rfind(word, match.end(), start) for word in ("name", "key", "path", "variable", "id"))
            between = match.end(), max(own_key, match.end())
        else:
            between = end, match.start()
        if not APART.search(whole, *between) and (span := value_at(text, match.start(), match.end(), shell=False)):
            yield span


def value_at(text: Text, name: int, start: int, *, shell: bool) -> Span | None:
    """The span of a value behind the name that begins at an offset; None where it holds nothing to hide."""
    whole = text.text
    begin, line_end = text.line(start)
    called = whole[name:start].rstrip(" \t:=>\\\"']")
    if quote := QUOTE.match(whole, start):
        close = whole.find(quote[0], quote.end(), quote.end() + LONGEST_VALUE)
        end = close + len(quote[0]) if close >= 0 else deeper(text, name)
        return Span(start, end) if may_be(called, whole[quote.end() : close if close >= 0 else end]) else None
    if start >= line_end or whole[start] in "|>&!#*":
        return block_at(text, name, start, line_end)
    if whole[start] == "{" and has_fields(whole[start : min(line_end, start + NEAR)]):
        return None
    if is_told(whole[max(begin, name - NEAR) : name], whole[start : min(line_end, start + NEAR)]):
        return None
    before = BEGIN.match(whole, begin, name)
    if before is None or before.end() != name:
        found = (SHELL_END if shell else PLAIN_END).search(whole, start, min(line_end, start + LONGEST_VALUE))
        end = found.start() if found else line_end
    else:
        end = deeper(text, name)
    return Span(start, end) if may_be(called, whole[start:end].rstrip(" ,\n")) else None


def is_told(before: str, value: str) -> bool:
    """Whether a comment speaks of something in a sentence, or in the language of our own."""
    comment = before.find("#")
    return comment >= 0 and (len(value.split()) >= PROSE or OWN.match(before, comment) is not None)


def has_fields(text: str) -> bool:
    """Whether what begins with a brace are fields with names of their own, none of which is called a value."""
    return not text.startswith("{{") and ":" in text and not VALUE_KEY.search(text)


def block_at(text: Text, name: int, start: int, line_end: int) -> Span | None:
    """The span of a value that begins with a property or stands on the lines below; None for fields of its own."""
    whole, end = text.text, deeper(text, name)
    if whole[start : start + 1] in tuple("|>&!*"):
        while whole[start] in "|>" and end == line_end < len(whole) and not ENTRY.match(whole, end + 1):
            end = line_end = text.line(end + 1)[1]  # not deep enough, as in a document that is broken
        return Span(start, end)
    below = line_end
    while below < end and whole[below + 1 : text.line(below + 1)[1]].strip()[:1] in {"", "#"}:
        below = text.line(below + 1)[1]
    return Span(start, end) if below < end and not ENTRY.match(whole, below + 1, end) else None


def deeper(text: Text, name: int) -> int:
    """Where the lines end that stand deeper than a name, or are items of its list; from the end of its own line."""
    whole = text.text
    begin, end = text.line(name)
    depth, here = name - begin, end
    while here < len(whole):
        start, stop = text.line(here + 1)
        content = whole[start:stop].lstrip(" \t")
        indent = stop - start - len(content)
        if content.strip():
            if indent < depth or (indent == depth and not content.startswith("- ")):
                break
            end = stop
        here = stop
    return end


def formed_spans(text: Text, part: Piece) -> Iterator[Span]:
    """Credentials that their own form gives away."""
    whole = text.text
    for form, hints in OF_FORMS.items():
        if any(hint in part.hints for hint in hints):
            end = 0
            for match in FORMS[form].finditer(whole, part.start, part.end):
                if match.end() > end:
                    end = whole.find("-----END", match.end(), part.end) if form == "a private key" else match.end()
                    end = part.end if end < 0 else end
                    yield Span(match.start(), end)
    here = whole.find("://", part.start, part.end)
    while here >= 0:
        if found := IN_URL.match(whole, here):
            yield Span(here + 3, found.end() - 1)
        here = whole.find("://", here + 3, part.end)
