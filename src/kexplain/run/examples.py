"""The examples of a rule as its tests: what a bad one marks is found there, and a good one finds nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kexplain.api.release import NEWEST, parse_release
from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.errors import InputError
from kexplain.files.tree import Tree
from kexplain.run.marks import FINDING, RELATED, Example, ExampleError, Mark, read_example
from kexplain.syntax.condition import failure
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Place
from kexplain.syntax.tree import plain_value

FENCE = "```yaml"
OF_READING = ("unparseable-yaml", "malformed-object", "duplicate-key", "unknown-field", "wrong-type",
              "missing-required-field", "unknown-kind-version", "yaml11-boolean-in-string-field")  # fmt: skip


class Found(NamedTuple):
    """What a run says of a line of an example."""

    line: int
    place: Place
    message: str


def validity() -> dict[str, Rule]:
    """The rules that an example of any other rule must pass: it is YAML that Kubernetes takes."""
    refusing = {id_ for id_, rule in rules().items() if rule.constraints and rule.severity == "error"}
    return {id_: rule for id_, rule in rules().items() if id_ in OF_READING or id_ in refusing}


def options_of(rule: Rule, words: str) -> tuple[Rule, Options]:
    """The rule with its parameters, and the run, as the words after ``bad`` or ``good`` ask for.

    ``kubernetes=1.24``, ``complete``, and ``NAME=VALUE`` for a parameter, the value as YAML without spaces.
    Raises ExampleError, ReleaseError.
    """
    release, complete = NEWEST, None
    parameters: dict[str, Any] = {}
    for word in words.split():
        name, _, value = word.partition("=")
        if name == "kubernetes":
            release = parse_release(value)
        elif word == "complete":
            complete = True
        elif name in rule.takes:
            node = parse(value)[0].root
            if failure(rule.takes[name]["schema"], node) is not None:
                raise ExampleError(f"{word!r} after {FENCE} does not fit the parameter's schema")
            parameters[name] = plain_value(node)
        else:
            known = ["kubernetes=", "complete", *(f"{name}=" for name in rule.takes)]
            raise ExampleError(f"{word!r} after {FENCE} means nothing; there are {', '.join(known)}")
    return rule.taking(parameters), Options({}, release, complete)


def run_example(example: Example, which: Mapping[str, Rule], options: Options) -> Report:
    """What some rules say of an example; its files are all that there are."""
    tree = Tree({source.path: source.text for source in example.sources}, whole=True)
    return lint(example.sources, options._replace(rules=which, tree=tree))


def failures(rule: Rule) -> Iterator[str]:
    """What is wrong with the examples of a rule of one's own, each with its file and line. Raises ConfigError."""
    from kexplain.config.file import read

    examples, written = rule.article["examples"], read(rule.path)
    verdicts = {verdict for verdict, _, _ in examples}
    yield from (f"{rule.path}: no {FENCE} {verdict} example" for verdict in ("bad", "good") if verdict not in verdicts)
    position = 0
    for verdict, words, text in examples:
        position = written.index(text, written.index(f"{FENCE} {verdict}", position))
        first = written.count("\n", 0, position)
        for line, problem in example_failures(rule, verdict, words, text):
            yield f"{rule.path}:{first + line}: {problem}"


def example_failures(rule: Rule, verdict: str, words: str, text: str) -> Iterator[tuple[int, str]]:
    """What is wrong with one example: line and words."""
    try:
        rule, options = options_of(rule, words)
        example = read_example(text)
    except InputError as error:
        yield 0, str(error)
        return
    refused = run_example(example, validity(), options)
    yield from ((found.line, f"the example is not valid: {found.message}") for found in findings(example, refused))
    yield from departures(example, verdict, run_example(example, {rule.id: rule}, options))


def departures(example: Example, verdict: str, report: Report) -> Iterator[tuple[int, str]]:
    """Where a report is not what the marks of an example say: line and words."""
    marked = example.of_kind(FINDING)
    if verdict == "bad" and not marked:
        yield 0, f"a bad example marks each line where a finding begins with # {FINDING}"
    if verdict == "good" and example.marks:
        yield example.marks[0].line, f"a good example finds nothing, yet this line is marked # {example.marks[0].kind}"
        return
    yield from unmatched(marked, findings(example, report))
    if elsewhere := example.of_kind(RELATED):
        yield from unmatched(elsewhere, related(example, report))
    shown = list(texts(report))
    for line, value in example.hidden.items():
        if any(value in text for text in shown):
            yield line, "the value is marked # hidden, yet the report shows it"


def findings(example: Example, report: Report) -> list[Found]:
    """The findings of a run over an example."""
    return [Found(example.line(f.place), f.place, f.message) for f in report.findings]


def related(example: Example, report: Report) -> list[Found]:
    """The places that its findings also speak of, each once."""
    found = {(other.place, other.message) for finding in report.findings for other in finding.related}
    return sorted(Found(example.line(place), place, message) for place, message in found)


def texts(report: Report) -> Iterator[str]:
    """Everything of a manifest that a report quotes."""
    for finding in report.findings:
        yield from (finding.message, report.visible_line(finding), *(other.message for other in finding.related))


def unmatched(marks: list[Mark], found: Iterable[Found]) -> Iterator[tuple[int, str]]:
    """The marks and the found places that have no partner: line and words."""
    left = sorted(marks, key=lambda mark: -mark.exactness)
    strangers = []
    for one in found:
        mark = next((m for m in left if m.line == one.line and m.fits(one.place, one.message)), None)
        if mark:
            left.remove(mark)
        else:
            strangers.append(one)
    for one in strangers:
        mark = next((m for m in left if m.line == one.line), None)
        if mark:
            left.remove(mark)
            yield one.line, f'marked otherwise; found is: {one.place.column} "{one.message}"'
        else:
            yield one.line, f"found, but not marked: {one.message}"
    yield from ((mark.line, "marked, but nothing is found here") for mark in sorted(left))
