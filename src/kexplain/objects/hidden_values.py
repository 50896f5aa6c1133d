"""The values in a text that nobody may be shown, and where they stand.

Hidden is what stands at or below the values of a Secret, in whatever it is wrapped and however it is misspelt, what
stands beside the name of a credential or gives itself away by its form, and what of a broken document may be either.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kexplain.objects.credentials import is_name, may_be
from kexplain.objects.credentials_in_text import Text, deeper, formed_spans, named_spans
from kexplain.objects.hints import OF_SECRETS, Piece
from kexplain.objects.secret import LAST_APPLIED
from kexplain.syntax.tree import (
    Document,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Span,
    descend,
    nodes_below,
    scalar_spans,
)

KIND = re.compile(
    r"""(?i)(?:(?<![\w.-])|(?<=\\[nrt]))kind[\\"']{0,4}[ \t]{0,9}:"""
    r"""(?:\s|\\[nrt]|\#[^\n]{0,200}+\n|[&!|>][^\s"']{0,100}+|[\\"'\[{])*"""
    r"""secrets?(?:list)?(?![\w-])"""
)
"""What says that an object is a Secret, as text."""
DATA = re.compile(r"""(?i)(?:(?<![\w.-])|(?<=\\[nrt]))(?:string_?-?)?data[\\"']{0,4}[ \t]{0,9}:""")
VALUES = re.compile(r"""(?i)(?<![\w.-])string_?-?data[\\"']{0,4}[ \t]{0,9}:""")
TYPES = re.compile(
    r"""type(?<![\w.-]type)[\\"']{0,4}[ \t]{0,9}:[ \t\\"']*+"""
    r"""(?:Opaque\b|kubernetes\.io/(?:tls|basic-auth|ssh|docker|service-a))"""
)
SHOWN = frozenset({"apiVersion", "kind", "metadata", "type", "immutable"})
"""Fields of a Secret that hold no values. Any other may be a misspelt ``data``."""
IN_REFERENCE = SHOWN | {"name", "namespace"}
"""Fields that a mention of a Secret has; one that has others holds values."""
SHOWN_LINE = re.compile(
    r"""[ \t-]*+["']?(?:apiVersion|kind|type|immutable|metadata|name|namespace|labels|annotations)["']?:[ \t]*+"""
    r"""["']?[\w./-]*+["']?(?:\{name:[ ]?[\w.-]++\})?,?[ \t]*+(?:\n|$)|[ \t{]*+\n|---.*+\n|[ \t]*+Secret[ \t]*+\n"""
)
"""A line of a broken Secret that may be shown."""
TYPE = re.compile(r"Opaque|kubernetes\.io/.*")
STRING_DATA = re.compile(r"(?i)string[_-]?data")
KINDS = ("kind", "Kind", "KIND")
NAMING = ("name", "key", "path", "variable", "id")
"""Keys whose value may be the name of a credential that stands beside it."""
VALUE_NAME = re.compile(r"(?i)(?:default_?)?(?:string_?)?(?:value|default|content|plain|text)")
LONGEST_KIND = 400
PATCH = re.compile(r"/(?:data|stringData)\b")
"""What a patch of a Secret says that is written as operations."""
SHOWABLE = re.compile(r"[ \t{}\[\],#]*+([^\n]*?)[ \t{}\[\],]*+(?:\n|\Z)")
COLON = re.compile(r"[ \t]*\n?[ \t]*:[ \t]*")
OPTION = re.compile(r"--?([A-Za-z][\w.-]*)")


def spans_in(text: str, parts: Iterable[tuple[Piece, Document]]) -> tuple[Span, ...]:
    """The hidden spans of some parts of a text, in order, each on one line."""
    found = Text(text)
    return joined(found.text, [span for part, document in parts for span in spans_of(found, part, document)])


def joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that overlap as one, line by line, without the brackets around: what is blacked out is still YAML."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(end, whole[-1].end))
        elif end > start:
            whole.append(Span(start, end))
    return tuple(Span(*match.span(1)) for span in whole for match in SHOWABLE.finditer(text, *span) if match[1])


def spans_of(text: Text, part: Piece, document: Document) -> Iterator[Span]:
    """The hidden spans of one part."""
    spans, places = named_spans(text, part)
    yield from spans
    yield from formed_spans(text, part)
    said = kinds_in(text, part)
    if document.root is None:
        yield from of_broken(text, document, said)
    elif said or places or not part.hints.isdisjoint(OF_SECRETS):
        yield from of_document(text, document, said)


def kinds_in(text: Text, part: Piece) -> list[re.Match[str]]:
    """Where a part says that something is a Secret."""
    here, found = text.low.find("secret", part.start, part.end), dict[int, re.Match[str]]()
    while here >= 0:
        end = here + len("secret")
        if text.low.find("kind", max(here - LONGEST_KIND, part.start), here) < 0:
            pass
        elif match := KIND.search(text.text, max(here - LONGEST_KIND, part.start), min(end + len("List"), part.end)):
            found[match.end()] = match
        here = text.low.find("secret", end, part.end)
    return sorted(found.values(), key=re.Match.start)


def of_broken(text: Text, document: Document, said: list[re.Match[str]]) -> Iterator[Span]:
    """What is hidden of a document that cannot be read: all but its head, where it may be a Secret."""
    start, end = document.span
    if said or VALUES.search(text.text, start, end) or TYPES.search(text.text, start, end):
        yield Span(first_hidden(text, start, end), end)


def of_document(text: Text, document: Document, said: list[re.Match[str]]) -> Iterator[Span]:
    """What is hidden of a document that was read."""
    assert document.root is not None  # noqa: S101 - only such documents come here
    tree = Tree(text, [mark.other for mark in document.marks if mark.other])
    yield from tree.spans(document.root)
    for mark in document.marks:
        if mark.lost and mark.other and is_lost(mark.message, of_secret=bool(said)):
            yield Span(tree.behind(mark.other.end), mark.lost.end)
    left = [match.start() for match in said if not tree.kinds & {match.end(), match.end() + 1}]
    if left:
        yield from texts_around(text, document, left)


def is_lost(name: str, *, of_secret: bool) -> bool:
    """Whether what a key held first, that is written twice, is to be hidden: nobody knows in which mapping it stood."""
    return is_name(name) or VALUE_NAME.fullmatch(name) is not None or (of_secret and name not in SHOWN)


def first_hidden(text: Text, start: int, end: int) -> int:
    """Where what is hidden of a broken Secret begins: at the first line that may be another than those of its head."""
    while start < end and (match := SHOWN_LINE.match(text.text, start, end)) and match.end() > start:
        start = match.end()
    return start


def texts_around(text: Text, document: Document, places: list[int]) -> Iterator[Span]:
    """The scalars in which a Secret stands as text, and the comments; the whole rest where it is in neither."""
    assert document.root is not None  # noqa: S101 - asked for documents with a root only
    spans = sorted(scalar_spans(document.root))
    starts = [span.start for span in spans]
    done = 0
    for place in places:
        if place < done:
            continue
        at = bisect_right(starts, place) - 1
        begin, end = text.line(place)
        if at >= 0 and spans[at].end > place:
            if DATA.search(text.text, *spans[at]):
                yield spans[at]
        elif "#" in text.text[begin:place]:
            while text.text[end + 1 : text.line(end + 1)[1]].lstrip(" \t").startswith("#"):
                end = text.line(end + 1)[1]
            done = end
            if values := DATA.search(text.text, place, end):
                yield Span(values.end(), end)
        else:
            done = document.span.end
            yield Span(first_hidden(text, *document.span), done)


class Tree:
    """Finds in a tree what the text alone does not tell: what a Secret holds, what aliases stand for."""

    def __init__(self, text: Text, written_twice: list[Span]) -> None:
        self.text = text
        self.written_twice = sorted(written_twice)
        self.kinds: set[int] = set()
        """Where the kinds of its Secrets end."""
        self.found = False

    def spans(self, root: Node) -> Iterator[Span]:
        """The hidden spans at and below a node."""
        seen: set[int] = set()
        stack: list[tuple[Node, bool, bool | None]] = [(root, False, None)]
        while stack:
            node, named, secret = stack.pop()
            if id(node) in seen or type(node) is Scalar:
                continue
            seen.add(id(node))
            if isinstance(node, Sequence):
                yield from self.options(node)
                stack += [(item, named, secret) for item in node.items]
            elif isinstance(node, Mapping):
                kind = secret_kind(node)
                if kind:
                    self.note_kinds(node)
                shown = SHOWN if secret is None or secret else IN_REFERENCE
                if secret or (kind != "secretlist" and is_object(node, kind, top=secret is None)):
                    yield from self.of_secret(node, shown)
                    stack += [(e.value, False, False) for name, e in node.fields.items() if name in shown]
                else:
                    yield from self.of_mapping(node, stack, named=named, is_list=kind == "secretlist")

    def note_kinds(self, node: Mapping) -> None:
        """Remembers where it says its kind."""
        for below in nodes_below(node.fields[name].value for name in KINDS if name in node.fields):
            if isinstance(below, Scalar):
                self.kinds.add(below.end)

    def of_secret(self, node: Mapping, shown: frozenset[str]) -> Iterator[Span]:
        """All that a Secret holds, but the names of its values."""
        annotations = descend(node, "metadata", "annotations")
        copy = annotations.fields.get(LAST_APPLIED) if isinstance(annotations, Mapping) else None
        if copy:
            yield from self.held(copy)
        for name, entry in node.fields.items():
            if name not in shown:
                yield from self.held(entry, keys_shown=True)

    def of_mapping(
        self, node: Mapping, stack: list[tuple[Node, bool, bool | None]], *, named: bool, is_list: bool
    ) -> Iterator[Span]:
        """What another mapping holds beside the names of credentials; the rest goes on the stack."""
        given = next((n.text for name in NAMING if type(n := node.get(name)) is Scalar), "")
        beside = named or is_name(given.rpartition("/")[2]) or given.startswith(("/data", "/stringData"))
        for name, entry in node.fields.items():
            value = entry.value
            if STRING_DATA.fullmatch(name):
                yield from self.held(entry, keys_shown=True)
            elif beside and VALUE_NAME.fullmatch(name):
                if not isinstance(value, Scalar) or may_be(given, value.text):
                    yield from self.held(entry)
            elif name == "patch" and type(value) is Scalar and PATCH.search(value.text):
                yield from self.held(entry)
            elif name == "secretGenerator":
                yield from self.held(entry, only="literals")
            elif is_name(name):
                if not isinstance(value, Mapping):
                    if worth(name, value):
                        yield from self.held(entry)
                else:
                    yield from self.bare_keys(value)
                    stack.append((value, True, False))
            else:
                stack.append((value, False, is_list and name == "items"))

    def options(self, node: Sequence) -> Iterator[Span]:
        """What follows an option that is named as a credential, in a list of arguments."""
        before = ""
        for item in node.items:
            text = item.text if type(item) is Scalar else ""
            if before and text and not text.startswith("-") and may_be(before, text):
                self.found = True
                yield Span(item.start, item.end)
            match = OPTION.fullmatch(text)
            before = match[1] if match and is_name(match[1]) else ""

    def bare_keys(self, node: Mapping) -> Iterator[Span]:
        """Keys without a value, as in ``{hunter2}``: somebody forgot the quotes."""
        for entry in node.fields.values():
            if not self.has_colon(entry):
                self.found = True
                yield Span(entry.key.start, entry.key.end)

    def has_colon(self, entry: Entry) -> bool:
        """Whether a key is followed by a colon."""
        return COLON.match(self.text.text, entry.key.end) is not None

    def held(self, entry: Entry, *, keys_shown: bool = False, only: str = "") -> Iterator[Span]:
        """All text from behind a key to the end of what it holds, with comments, and what aliases stand for there."""
        self.found = True
        value = entry.value
        if only:
            for item in value.items if isinstance(value, Sequence) else []:
                if isinstance(item, Mapping) and only in item.fields:
                    yield from self.held(item.fields[only])
            return
        whole = Span(self.behind(entry.key.end), self.end_of(entry))
        entries = value.fields.values() if keys_shown and isinstance(value, Mapping) else ()
        shown = {(e.key.start, e.key.end) for e in entries if self.has_colon(e)}
        if shown and self.written_twice:
            depths = {start - self.text.line(start)[0] for start, _ in shown}
            first = bisect_left(self.written_twice, whole)
            twice = self.written_twice[first : bisect_left(self.written_twice, Span(whole.end, 0))]
            shown |= {key for key in twice if key.start - self.text.line(key.start)[0] in depths}
        shown = {key for key in shown if whole.start <= key[0] < whole.end}
        here = whole.start
        for start, end in sorted(shown):
            yield Span(here, start)
            here = self.behind(end)
        yield Span(here, whole.end)
        keys = {(e.key.start, e.key.end) for e in value.fields.values()} if isinstance(value, Mapping) else set()
        for span in scalar_spans(value):
            if not (keys_shown and span in keys):
                yield span

    def behind(self, key_end: int) -> int:
        """Where the value of a key begins, or may begin."""
        match = COLON.match(self.text.text, key_end)
        return match.end() if match else key_end

    def end_of(self, entry: Entry) -> int:
        """Where what a key holds ends: with its value, on its line, or with the lines that stand deeper."""
        text, key = self.text, entry.key
        end = entry.value.end if entry.value.start >= key.end else key.end
        begin, line_end = text.line(key.start)
        if not text.text[max(begin, key.start - 99) : key.start].strip(" \t-?\"'"):
            return max(deeper(text, key.start), end)
        stop = re.compile(r"[,}\]\n]").search(text.text, max(end, key.end))
        if end > key.end:
            comment = re.compile(r"[ \t]+#[^\n]*").match(text.text, end)
            return comment.end() if comment else end
        return stop.start() if stop else line_end


def is_object(node: Mapping, kind: str, *, top: bool) -> bool:
    """Whether a mapping is a Secret, and not only the mention of one; or says by its type that it was meant as one."""
    if kind:
        return top or "metadata" in node.fields or not node.fields.keys().isdisjoint({"data", "stringData"})
    given = node.get("type")
    meant = type(given) is Scalar and bool(TYPE.match(given.text)) and "data" in node.fields
    return meant and not any(name in node.fields for name in KINDS)


def secret_kind(node: Mapping) -> str:
    """What a mapping says that its kind is, in small letters, where that speaks of Secrets; empty for all others."""
    values = [node.fields[name].value for name in KINDS if name in node.fields]
    if len(values) == 1 and type(values[0]) is Scalar:
        kind = values[0].text.strip().lower()
        return kind if kind in {"secret", "secrets", "secretlist"} else ""
    texts = {below.text.strip().lower() for below in nodes_below(values) if isinstance(below, Scalar)}
    return next(iter(texts & {"secret", "secrets", "secretlist"}), "")


def worth(name: str, value: Node) -> bool:
    """Whether a scalar or list beside the name of a credential is to be hidden."""
    if isinstance(value, Scalar):
        return may_be(name, value.text) and not isinstance(value.value, bool) and value.value is not None
    return isinstance(value, Sequence) and any(isinstance(item, Scalar) for item in value.items)
