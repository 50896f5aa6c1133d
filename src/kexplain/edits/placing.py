"""Where in a text a comment can stand that suppresses a finding: at its line, or above a text that goes on below."""

from collections import defaultdict
from collections.abc import Iterator

from kexplain.edits.request import Request
from kexplain.engine.finding import Finding
from kexplain.objects.reading import File
from kexplain.objects.suppressing_comments import directives_of
from kexplain.objects.suppression import Words, has_ended
from kexplain.syntax.edit import Edit
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Document, Span, scalar_spans

Left = list[tuple[Finding, str]]
"""Findings that are not suppressed, with why."""
JSON = "JSON has no comments; use an annotation, or an override in the configuration"


def edits_for(file: File, findings: list[Finding], request: Request, left: Left) -> tuple[list[Finding], list[Edit]]:
    """The findings that a comment can be put to, and the comments."""
    source, documents = file.source, file.documents
    if source.text.lstrip().startswith(("{", "[")):
        left += [(finding, JSON) for finding in findings]
        return [], []
    begun, ended = inside_texts(source, documents)
    there = {
        line: (span, words)
        for span, words, line in directives_of(source, documents)
        if not words.mistake and not words.whole_file and words.until == request.until and not has_ended(words.until)
    }
    rules: dict[int, set[str]] = defaultdict(set)
    placed: list[Finding] = []
    for finding in findings:
        line = source.place(finding.span.start)[0]
        if line in begun & ended:
            left.append((finding, "it stands inside a text, or in what cannot be read, where there is no comment"))
        else:
            placed.append(finding)
            rules[line].add(finding.rule.id)
    edits: list[Edit] = []
    for line, ids in rules.items():
        if line in there:
            edits += extended(source, *there[line], sorted(ids), request)
        else:
            edits.append(added(source, line, request.comment(sorted(ids)), above=line in ended))
    return placed, sorted(edits)


def inside_texts(source: Source, documents: list[Document]) -> tuple[set[int], set[int]]:
    """The lines that begin inside a value of several lines, and those that end inside one; and what cannot be read."""
    begun: set[int] = set()
    ended: set[int] = set()
    for document in documents:
        for start, end in scalar_spans(document.root) if document.root else [document.span]:
            first, last = source.place(start)[0], source.place(end)[0]
            if document.root is None:
                begun.update(range(first, last + 1))
                ended.update(range(first, last + 1))
            elif last > first:
                is_block = source.text[start] in "|>"
                begun.update(range(first + 1, last + 1))
                ended.update(range(first + is_block, last + is_block))
    return begun, ended


def extended(source: Source, span: Span, words: Words, ids: list[str], request: Request) -> Iterator[Edit]:
    """A comment that is there already takes the rules into its brackets, and the reason where it gave another."""
    if more := [id_ for id_ in ids if id_ not in words.names]:
        yield Edit(source.text.index("]", span.start), f", {', '.join(more)}")
    if request.reason not in words.reason:
        end = source.text.rindex("(", span.start, span.end) if words.until else span.end
        end = len(source.text[:end].rstrip(" \t"))
        yield Edit(end, f"; {request.reason}" if words.reason else f" {request.reason}")


def added(source: Source, line: int, comment: str, *, above: bool) -> Edit:
    """A new comment: at the end of the line, or above it where a text begins on it that goes on below."""
    start, text = source.starts[line - 1], source.line(line)
    if not above:
        return Edit(start + len(text), comment if text.endswith((" ", "\t")) else f" {comment}")
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    newline = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(start, f"{indent}{comment}{newline}")
