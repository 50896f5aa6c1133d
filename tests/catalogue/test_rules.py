"""Every rule: its examples find what they mark and nothing else, and its article is whole."""

import pytest

from kexplain.catalogue.rule import Rule, articles, rules
from kexplain.config.settings import Settings
from kexplain.engine.linter import lint
from kexplain.filters import filter as filters
from kexplain.filters.suppression import ABOUT_SUPPRESSIONS
from kexplain.run.examples import findings, options_of, validity
from kexplain.syntax.source import Source

MAY_BE_INVALID = {"yaml", "schema", "api-lifecycle"}

EXAMPLES = [
    pytest.param(rule, verdict, options, text, id=f"{rule}-{verdict}-{number}")
    for rule in articles().index
    for number, (verdict, options, text) in enumerate(articles()[rule]["examples"], 1)
]


def run(text: str, words: str, which: dict[str, Rule]) -> list[tuple[int, str]]:
    (rule, *_) = which.values()
    taking, options = options_of(rule, words)
    which = {**which, rule.id: taking}
    about_others = not which.keys().isdisjoint(ABOUT_SUPPRESSIONS)
    report = lint([Source("example.yaml", text)], options._replace(rules=rules() if about_others else which))
    if about_others:
        filters.apply(report, Settings(complete=options.complete))
    return [(finding.place.line, finding.rule.id) for finding in report.findings if finding.rule.id in which]


@pytest.mark.parametrize(("rule", "verdict", "options", "text"), EXAMPLES)
def test_example(rule: str, verdict: str, options: str, text: str) -> None:
    marked = [number for number, line in enumerate(text.splitlines(), 1) for _ in range(line.count("# finding"))]
    assert bool(marked) == (verdict == "bad")
    assert [line for line, _ in run(text, options, {rule: rules()[rule]})] == marked


def is_to_be_valid(rule: str, verdict: str) -> bool:
    """Whether an example must be valid Kubernetes: all but the bad ones of rules about what is not."""
    about_invalid = rules()[rule].constraints or rules()[rule].category in MAY_BE_INVALID
    return verdict == "good" or not about_invalid


@pytest.mark.parametrize(
    ("rule", "verdict", "options", "text"), [example for example in EXAMPLES if is_to_be_valid(*example.values[:2])]
)
def test_example_is_valid_kubernetes(rule: str, verdict: str, options: str, text: str) -> None:
    _, run_options = options_of(rules()[rule], options)
    assert findings(text, validity(), run_options) == []


@pytest.mark.parametrize("rule", rules())
def test_article_is_whole(rule: str) -> None:
    article = articles()[rule]
    assert all(article[part] for part in ("what", "why", "fix", "ignore"))
    verdicts = {verdict for verdict, _, _ in article["examples"]}
    assert verdicts == {"bad", "good"}
    assert rules()[rule].title
    assert rules()[rule].terms
