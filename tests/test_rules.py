"""Every rule: its examples find what they mark and nothing else, and its article is whole."""

import pytest

from kexplain.linter import Options, lint
from kexplain.release import NEWEST, parse_release
from kexplain.rule import Rule, articles, rules
from kexplain.source import Source

SCHEMA_RULES = ("unparseable-yaml", "duplicate-key", "unknown-field", "wrong-type", "missing-required-field", "invalid-enum-value",
                "unknown-kind-version", "yaml11-boolean-in-string-field")  # fmt: skip
MAY_BE_INVALID = {"yaml", "schema", "api-lifecycle"}

EXAMPLES = [
    pytest.param(rule, verdict, options, text, id=f"{rule}-{verdict}-{number}")
    for rule in articles().index
    for number, (verdict, options, text) in enumerate(articles()[rule]["examples"], 1)
]


def run(text: str, options: str, which: dict[str, Rule]) -> list[tuple[int, str]]:
    words = dict(word.partition("=")[::2] for word in options.split())
    release = parse_release(words["kubernetes"]) if "kubernetes" in words else NEWEST
    complete = True if "complete" in words else None
    report = lint([Source("example.yaml", text)], Options(which, release, complete=complete))
    return [(finding.place.line, finding.rule.id) for finding in report.findings]


@pytest.mark.parametrize(("rule", "verdict", "options", "text"), EXAMPLES)
def test_example(rule: str, verdict: str, options: str, text: str) -> None:
    marked = [number for number, line in enumerate(text.splitlines(), 1) for _ in range(line.count("# finding"))]
    assert bool(marked) == (verdict == "bad")
    assert [line for line, _ in run(text, options, {rule: rules()[rule]})] == marked


def is_to_be_valid(rule: str, verdict: str) -> bool:
    """Whether an example must be valid Kubernetes: all but the bad ones of rules about what is not."""
    return verdict == "good" or rules()[rule].category not in MAY_BE_INVALID


@pytest.mark.parametrize(
    ("rule", "verdict", "options", "text"), [example for example in EXAMPLES if is_to_be_valid(*example.values[:2])]
)
def test_example_is_valid_kubernetes(rule: str, verdict: str, options: str, text: str) -> None:
    assert run(text, options, {name: rules()[name] for name in SCHEMA_RULES if name in rules()}) == []


@pytest.mark.parametrize("rule", rules())
def test_article_is_whole(rule: str) -> None:
    article = articles()[rule]
    assert all(article[part] for part in ("what", "why", "fix", "ignore"))
    verdicts = {verdict for verdict, _, _ in article["examples"]}
    assert verdicts == {"bad", "good"}
    assert rules()[rule].title
    assert rules()[rule].terms
