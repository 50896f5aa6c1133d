"""Suppressions written as comments, and what of a text begins on the line that each speaks of."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kexplain.objects.outcome import Identity
from kexplain.objects.suppression import HEAD, MOST, Suppression, Words, directives
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Mapping, Sequence, Span, comments_of, nodes_below, scalar_spans

if TYPE_CHECKING:
    from kexplain.objects.manifest import Manifest

TEXT = "it stands inside a text of several lines, where it is not a comment; put it on the line where the text begins"

DASHES = re.compile(r"[ \t]*(?:-[ \t]+)+")
Read = list[tuple[Document, "list[Manifest]"]]
"""The documents of a source, each with its objects."""
NOT_ALONE = "it must stand alone on its line to speak of the whole file"


def comment_suppressions(source: Source, documents: Read) -> list[Suppression]:
    """Every suppression that stands in a comment of a source; of what cannot be read only those of a whole file."""
    written: dict[int, list[tuple[Span, Words]]] = defaultdict(list)
    found = []
    read = list(islice(directives_of(source, [document for document, _ in documents]), MOST))
    for span, words, line in read:
        if words.whole_file:
            found.append(Suppression("comment", words, source, span, (Span(0, len(source.text) + 1),)))
        elif line:
            written[line].append((span, words))
        else:
            nothing = words._replace(mistake=words.mistake or "nothing follows it that it could speak of")
            found.append(Suppression("comment", nothing, source, span, document=documents[-1][0].number))
    lines = sorted(written)
    inside = source.text.count("kexplain:") > len(read)  # some of them are no comment
    for document, objects in documents:
        if document.root is not None:
            first, last = document.span.start, max(document.span.end - 1, document.span.start)
            here = lines[bisect_left(lines, source.place(first)[0]) : bisect_right(lines, source.place(last)[0])]
            found += suppressions_on(here, source, document, objects, written)
            found += inside_texts(source, document) if inside else ()
    return found


def directives_of(source: Source, documents: list[Document]) -> Iterator[tuple[Span, Words, int]]:
    """Every directive of a source with its place and the line that it speaks of, 0 where none follows it."""
    text, here = source.text, 0
    following = lines_that_follow(source)
    regions = [(document.root, document.span.end) for document in documents]
    for root, end in [*regions, (None, len(text))]:
        for comment in comments_of(text, root, Span(here, end)):
            if "kexplain:" not in comment.text and "kexplain ignore" not in comment.text:
                continue
            start = comment.span.start
            line = source.place(start)[0]
            before = text[source.starts[line - 1] : start]
            target = following[line - 1] if comment.alone else line
            if DASHES.fullmatch(before) and (below := following[line - 1]):  # the item begins further down
                content = source.line(below)
                target = below if len(content) - len(content.lstrip(" ")) >= len(before.rstrip()) else line
            for span, words in directives(comment.text):
                misplaced = words.whole_file and not comment.alone and not words.mistake
                said = words._replace(mistake=NOT_ALONE) if misplaced else words
                yield Span(start + span.start, start + span.end), said, target
        here = max(here, end)


def lines_that_follow(source: Source) -> list[int]:
    """For each line the next one below it that holds more than a comment or a dash; 0 where there is none."""
    following, below = [], 0
    for number in range(len(source.starts), 0, -1):
        following.append(below)
        content = source.line(number).partition(" #")[0].strip(" \t\ufeff")
        if content and content != "-" and not content.startswith("#"):
            below = number
    return following[::-1]


def suppressions_on(
    lines: list[int],
    source: Source,
    document: Document,
    objects: "list[Manifest]",
    written: dict[int, list[tuple[Span, Words]]],
) -> Iterator[Suppression]:
    """The suppressions that speak of these lines of a document."""
    if not lines:
        return
    identity = objects[0].identity if len(objects) == 1 else Identity()
    beginnings = beginnings_on(source, document, objects, lines)
    for line in lines:
        for span, words in written[line]:
            covers = () if words.mistake else tuple(beginnings[line])
            yield Suppression("comment", words, source, span, covers, "", document.number, identity)


def beginnings_on(
    source: Source, document: Document, objects: "Iterable[Manifest]", lines: Iterable[int]
) -> dict[int, list[Span]]:
    """What begins on each of the lines: the line itself, fields, list items, and objects by kind or first key."""
    starts = [*source.starts, len(source.text) + 1]
    found = {line: [Span(starts[line - 1], starts[line])] for line in lines}

    def note(offset: int, start: int, end: int) -> None:
        line = bisect_right(source.starts, offset)
        if line in found:
            found[line].append(Span(start, max(end, start)))

    if source.text.startswith("---", document.span.start):
        note(document.span.start, *document.span)
    for manifest in objects:
        root, kind = manifest.root, manifest.root.fields.get("kind")
        for offset in {root.start, kind.key.start if kind else root.start}:
            note(offset, root.start, root.end)
    for node in nodes_below([document.root] if document.root else []):
        if isinstance(node, Mapping):
            for key, value, _ in node.fields.values():
                note(key.start, key.start, max(key.end, value.end))
        elif isinstance(node, Sequence):
            for item in node.items:
                name = item.fields.get("name") if isinstance(item, Mapping) else None
                for offset in {item.start, name.key.start if name else item.start}:
                    note(offset, item.start, item.end)
    return {line: outermost(spans) for line, spans in found.items()}


def outermost(spans: list[Span]) -> list[Span]:
    """The spans without those that lie in others."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def inside_texts(source: Source, document: Document) -> Iterator[Suppression]:
    """What looks like a suppression and stands in a value of several lines: the first of each value."""
    for span in scalar_spans(document.root) if document.root else ():
        match = HEAD.search(source.text, *span)
        if match and source.text.startswith("ignore", match.end()) and "\n" in source.text[span.start : match.start()]:
            yield Suppression("comment", Words(mistake=TEXT), source, Span(*match.span()), document=document.number)
