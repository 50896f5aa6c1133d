"""The examples of a rule as its tests: what a bad one marks is found there, and a good one finds nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from kexplain.api.release import NEWEST, parse_release
from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.linter import Options, lint
from kexplain.errors import InputError
from kexplain.syntax.condition import failure
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source
from kexplain.syntax.tree import plain_value

FENCE, MARK = "```yaml", "# finding"
OF_READING = ("unparseable-yaml", "duplicate-key", "unknown-field", "wrong-type", "missing-required-field",
              "unknown-kind-version", "yaml11-boolean-in-string-field")  # fmt: skip


class ExampleError(InputError, ValueError):
    """Words after ``bad`` or ``good`` that mean nothing."""


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


def findings(text: str, which: Mapping[str, Rule], options: Options) -> list[tuple[int, str]]:
    """Line and message of what some rules find in an example."""
    report = lint([Source("example.yaml", text)], options._replace(rules=which))
    return [(finding.place.line, finding.message) for finding in report.findings]


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
    except InputError as error:
        yield 0, str(error)
        return
    yield from ((line, f"the example is not valid: {message}") for line, message in findings(text, validity(), options))
    marked = [number for number, line in enumerate(text.splitlines(), 1) for _ in range(line.count(MARK))]
    if verdict == "bad" and not marked:
        yield 0, f"a bad example marks each line where a finding begins with {MARK}"
    if verdict == "good" and marked:
        yield marked[0], f"a good example finds nothing, yet this line is marked {MARK}"
        return
    found = findings(text, {rule.id: rule}, options)
    for line, message in found:
        if line in marked:
            marked.remove(line)
        else:
            yield line, f"found, but not marked: {message}"
    yield from ((line, "marked, but nothing is found here") for line in marked)
