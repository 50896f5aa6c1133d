"""Comments that suppress findings: where each goes, and whether it keeps back what it is for."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from kexplain.syntax.edit import Edit, applied

if TYPE_CHECKING:
    from kexplain.engine.finding import Finding
    from kexplain.engine.report import Report
    from kexplain.objects.suppression import Words
    from kexplain.syntax.source import Source
    from kexplain.syntax.tree import Document, Span

LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
MARK = b"\xef\xbb\xbf"
Left = list[tuple[Any, str]]
"""Findings that are not suppressed, with why."""
JSON = "JSON has no comments; use an annotation, or an override in the configuration"


class Change(NamedTuple):
    """A file with the comments it gets, and the findings they are for."""

    old: "Source"
    new: "Source"
    edits: list[Edit]
    findings: list["Finding"]


class Request(NamedTuple):
    """What the comments shall say."""

    reason: str
    until: date | None

    def comment(self, rules: Iterable[str]) -> str:
        """The comment for some rules."""
        end = f" (until {self.until})" if self.until else ""
        return f"# kexplain: ignore[{', '.join(rules)}] {self.reason}{end}"


def chosen_findings(report: "Report", rules: set[str]) -> tuple[dict[str, list["Finding"]], Left]:
    """The findings to suppress by file, and those that no comment can suppress, with why."""
    from kexplain.objects.suppression import ABOUT_SUPPRESSIONS

    readable = {id(source) for source in report.sources}
    wanted: dict[str, list[Finding]] = defaultdict(list)
    left: Left = []
    for finding in report.findings:
        if finding.rule.id not in rules:
            continue
        if finding.rule.id in ABOUT_SUPPRESSIONS:
            left.append((finding, "fix the suppression itself"))
        elif id(finding.source) not in readable:
            left.append((finding, "the file could not be read"))
        else:
            wanted[finding.source.path].append(finding)
    return wanted, left


def changes_for(wanted: dict[str, list["Finding"]], request: Request, left: Left) -> list[Change]:
    """The changes by file; findings for which there is no place go to ``left``."""
    from kexplain.syntax.edit import meaning
    from kexplain.syntax.source import Source

    changes = []
    for path, findings in sorted(wanted.items()):
        source = findings[0].source
        placed, edits = edits_for(source, findings, request, left)
        text = applied(source.text, edits)
        if meaning(text) == meaning(source.text):
            changes.append(Change(source, Source(path, text), edits, placed))
        else:
            left += [
                (finding, "a comment would change what the file means; it is left as it was") for finding in placed
            ]
    return [change for change in changes if change.edits]


def edits_for(
    source: "Source", findings: list["Finding"], request: Request, left: Left
) -> tuple[list["Finding"], list[Edit]]:
    """The findings that a comment can be put to, and the comments."""
    from kexplain.objects.suppressing_comments import directives_of
    from kexplain.objects.suppression import has_ended
    from kexplain.syntax.parse import parse

    if source.text.lstrip().startswith(("{", "[")):
        left += [(finding, JSON) for finding in findings]
        return [], []
    documents = parse(source.text)
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


def inside_texts(source: "Source", documents: "list[Document]") -> tuple[set[int], set[int]]:
    """The lines that begin inside a value of several lines, and those that end inside one; and what cannot be read."""
    from kexplain.syntax.tree import scalar_spans

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


def extended(source: "Source", span: "Span", words: "Words", ids: list[str], request: Request) -> Iterator[Edit]:
    """A comment that is there already takes the rules into its brackets, and the reason where it gave another."""
    if more := [id_ for id_ in ids if id_ not in words.names]:
        yield Edit(source.text.index("]", span.start), f", {', '.join(more)}")
    if request.reason not in words.reason:
        end = source.text.rindex("(", span.start, span.end) if words.until else span.end
        end = len(source.text[:end].rstrip(" \t"))
        yield Edit(end, f"; {request.reason}" if words.reason else f" {request.reason}")


def added(source: "Source", line: int, comment: str, *, above: bool) -> Edit:
    """A new comment: at the end of the line, or above it where a text begins on it that goes on below."""
    start, text = source.starts[line - 1], source.line(line)
    if not above:
        return Edit(start + len(text), comment if text.endswith((" ", "\t")) else f" {comment}")
    indent = text[: len(text) - len(text.lstrip(" \t"))]
    newline = "\r\n" if "\r\n" in source.text else "\n"
    return Edit(start, f"{indent}{comment}{newline}")


def keeps_back(change: Change, checked: "Report", left: Left) -> bool:
    """Whether a second run keeps back what the change is for; where it does not, its findings go to ``left``."""
    path = change.old.path
    given_up = Counter(finding.fingerprint for finding, _ in left if finding.source is change.old)
    still = Counter(finding.fingerprint for finding in checked.findings if finding.source.path == path)
    if all(still[finding.fingerprint] <= given_up[finding.fingerprint] for finding in change.findings):
        return True
    left += [(finding, "a second run still reports it; the file is left as it was") for finding in change.findings]
    return False


def write(change: Change) -> None:
    """Writes a file, its byte-order mark kept. Raises InputError where it is not the text that was checked any more."""
    from pathlib import Path

    from kexplain.errors import InputError
    from kexplain.files.decode import WIDE

    path = Path(change.old.path)
    try:
        data = path.read_bytes()
        mark = MARK if data.startswith(MARK) else b""
        if data[:2] in WIDE:
            raise InputError(f"{path} is UTF-16; save it as UTF-8 before it is edited")
        if data.removeprefix(mark) != change.old.text.encode():
            raise InputError(f"{path} has changed since it was checked; run it again")
        path.write_bytes(mark + change.new.text.encode())
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def difference(change: Change, report: "Report") -> Iterator[str]:
    """The unified difference of two texts, Secret values blacked out."""
    from difflib import unified_diff

    from kexplain.output.annotated_format import HIDDEN
    from kexplain.syntax.safe import clean

    pieces, here = [], 0
    text = change.old.text
    for start, end in sorted(report.hidden.get(change.old.path, ())):
        if start >= here:
            pieces += [text[here:start], HIDDEN.sub(lambda match: match[1] or "•", text[start:end])]
            here = end
    shown = "".join([*pieces, text[here:]])
    name = change.old.path
    after = applied(shown, change.edits)
    for line in unified_diff(LINE.findall(shown), LINE.findall(after), f"a/{name}", f"b/{name}"):
        content = line.rstrip("\r\n")
        yield clean(content) + (line[len(content) :] or "\n\\ No newline at end of file\n")
