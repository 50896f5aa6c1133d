"""``kexplain suppress``: comments for the findings at hand, written into the files; nothing else in them changes."""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kexplain.cli.commands._run import RunCommand, run_options, settings_from
from kexplain.cli.console import emit, note
from kexplain.cli.options import names_option

if TYPE_CHECKING:
    from kexplain.engine.finding import Finding, Report
    from kexplain.filters.suppression import Words
    from kexplain.syntax.source import Source
    from kexplain.syntax.tree import Document, Span

NOT_HERE = {
    "output", "fail_on", "exit_zero", "strict", "suppress", "update_baseline", "list_files", "stdin_filename", "render",
    "helm_values", "cluster", "context", "namespaces", "kinds", "group_by", "explain", "statistics", "quiet", "verbose",
    "color",
}  # fmt: skip
"""Options of a run that say how it is reported, or that read what is no file to write into."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
MARK = b"\xef\xbb\xbf"
Left = list[tuple[Any, str]]
"""Findings that are not suppressed, with why."""
JSON = "JSON has no comments; use an annotation, or an override in the configuration"


class Edit(NamedTuple):
    """Text to put in at an offset of a file."""

    offset: int
    text: str


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


@click.command("suppress", cls=RunCommand, context_settings={"auto_envvar_prefix": "KEXPLAIN"})
@run_options
@names_option("--rule", "Only findings of these rules, categories or patterns (rbac-*).")
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding is accepted; the comment says it.")
@click.option("--until", metavar="DATE", help="The last day on which the suppression holds, such as 2027-03-31.")
@click.option("--dry-run", is_flag=True, help="Print the difference and change nothing.")
@click.pass_context
def command(ctx: click.Context, /, **chosen: Any) -> None:
    """Writes a comment for every finding, so that later runs suppress it.

    PATHS are files, folders or globs; without any it is this folder. Exits 1 when a finding could not have a comment.
    """
    from kexplain.catalogue.rule import named
    from kexplain.config.own_rules import all_rules
    from kexplain.run.gather import gather
    from kexplain.run.run import run

    request = requested(chosen["reason"], chosen["until"])
    settings = settings_from(ctx)._replace(render=False, update_baseline=False, suppress=True)
    if "-" in settings.paths:
        raise click.UsageError("comments are written into files, not into standard input")
    sources = list(gather(settings))
    report = run(settings, sources)
    rules = named(chosen["rule"], all_rules(settings)) if chosen["rule"] else set(report.rules)
    wanted, left = chosen_findings(report, rules)
    changes = changes_for(wanted, request, left)
    again = {change.new.path: change.new for change in changes}
    checked = run(settings, [again.get(source.path, source) for source in sources])
    changes = [change for change in changes if keeps_back(change, checked, left)]
    for change in changes:
        if chosen["dry_run"]:
            emit(difference(change, report))
        else:
            write(change)
    say(changes, left, dry_run=chosen["dry_run"])
    sys.exit(1 if left else 0)


command.params = [parameter for parameter in command.params if parameter.name not in NOT_HERE]


def requested(reason: str, until: str | None) -> Request:
    """The reason and the date, held against what a comment can hold. Raises a usage error."""
    from kexplain.filters.suppression import day, directives, has_ended
    from kexplain.output.report_format import clean

    reason = reason.strip()
    if not reason or clean(reason) != reason or "\n" in reason or "\t" in reason:
        raise click.BadParameter("a reason is one line of text", param_hint="--reason")
    last = day(until) if until is not None else None
    if until is not None and (last is None or has_ended(last)):
        raise click.BadParameter(f"{until!r} is not a day from today on; write it as 2027-03-31", param_hint="--until")
    request = Request(reason, last)
    read = [(words.reason, words.until) for _, words in directives(request.comment(["all"]))]
    if read != [(reason, last)]:
        raise click.BadParameter("leave out ' # ', '# kexplain:' and '(until …)'", param_hint="--reason")
    return request


def chosen_findings(report: "Report", rules: set[str]) -> tuple[dict[str, list["Finding"]], Left]:
    """The findings to suppress by file, and those that no comment can suppress, with why."""
    from kexplain.filters.suppression import ABOUT_SUPPRESSIONS

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
    from kexplain.edits.comments import meaning
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
    from kexplain.filters._comments import directives_of
    from kexplain.filters.suppression import has_ended
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


def applied(text: str, edits: list[Edit]) -> str:
    """A text with its edits, which are in order."""
    pieces, here = [], 0
    for offset, more in edits:
        pieces += [text[here:offset], more]
        here = offset
    return "".join([*pieces, text[here:]])


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

    from kexplain.api.packed import InputError

    path = Path(change.old.path)
    try:
        data = path.read_bytes()
        mark = MARK if data.startswith(MARK) else b""
        if data.removeprefix(mark) != change.old.text.encode():
            raise InputError(f"{path} has changed since it was checked; run it again")
        path.write_bytes(mark + change.new.text.encode())
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error


def difference(change: Change, report: "Report") -> Iterator[str]:
    """The unified difference of two texts, Secret values blacked out."""
    from difflib import unified_diff

    from kexplain.output.annotated_format import HIDDEN
    from kexplain.output.report_format import clean

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


def say(changes: list[Change], left: Left, *, dry_run: bool) -> None:
    """Tells the person what was done, and what was not and why."""
    from kexplain.output.summary import count

    done = [finding for change in changes for finding in change.findings]
    for finding in sorted(done, key=lambda finding: finding.order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}")
    for finding, why in sorted(left, key=lambda pair: pair[0].order):
        note(f"{finding.place.path}:{finding.place.line}: {finding.rule.id}: not suppressed: {why}")
    verb = "would be suppressed" if dry_run else "suppressed"
    more = f"; {count(len(left), 'finding')} left" if left else ""
    note(f"{count(len(done), 'finding')} {verb} in {count(len(changes), 'file')}{more}")
