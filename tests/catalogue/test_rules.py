"""Every rule: its examples find what they mark, where and in which words, and nothing else; and its article is whole."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kexplain.api.packed import Records
from kexplain.catalogue.rule import Facets, Rule, articles, rules
from kexplain.catalogue.selection import select
from kexplain.catalogue.severity import Severity
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.engine.report import Report
from kexplain.filters import filter as filters
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.output.report_format import View, names, render
from kexplain.run.examples import departures, findings, options_of, related, run_example, validity
from kexplain.run.marks import FINDING, RELATED, Example, read_example
from kexplain.syntax.source import Source

MAY_BE_INVALID = {"yaml", "schema", "api-lifecycle"}

EXAMPLES = [
    pytest.param(rule, verdict, options, text, id=f"{rule}-{verdict}-{number}")
    for rule in articles().index
    for number, (verdict, options, text) in enumerate(articles()[rule]["examples"], 1)
]


def bad_examples(rule: str) -> Iterator[tuple[Example, Report]]:
    for verdict, options, text in articles()[rule]["examples"]:
        if verdict == "bad":
            yield (example := read_example(text)), run(rules()[rule], example, options)


def run(rule: Rule, example: Example, words: str) -> Report:
    """What one rule finds; those about suppressions see what all the others found."""
    rule, options = options_of(rule, words)
    if rule.id not in ABOUT_SUPPRESSIONS:
        return run_example(example, {rule.id: rule}, options)
    report = run_example(example, {**rules(), rule.id: rule}, options)
    report = filters.apply(report, Settings(complete=options.complete))
    return replace(report, findings=[finding for finding in report.findings if finding.rule.id == rule.id])


@pytest.mark.parametrize(("rule", "verdict", "options", "text"), EXAMPLES)
def test_example(rule: str, verdict: str, options: str, text: str) -> None:
    example = read_example(text)
    assert list(departures(example, verdict, run(rules()[rule], example, options))) == []


def is_to_be_valid(rule: str, verdict: str) -> bool:
    """Whether an example must be valid Kubernetes: all but the bad ones of rules about what is not."""
    about_invalid = rules()[rule].constraints or rules()[rule].category in MAY_BE_INVALID
    return verdict == "good" or not about_invalid


@pytest.mark.parametrize(
    ("rule", "verdict", "options", "text"), [example for example in EXAMPLES if is_to_be_valid(*example.values[:2])]
)
def test_example_is_valid_kubernetes(rule: str, verdict: str, options: str, text: str) -> None:
    _, run_options = options_of(rules()[rule], options)
    example = read_example(text)
    assert findings(example, run_example(example, validity(), run_options)) == []


@pytest.mark.parametrize("rule", rules())
def test_every_message_is_pinned(rule: str) -> None:
    """Some example of a rule says in which column it finds something, and in which words, from the first to the last."""
    pinned = [
        (mark.column, mark.words)
        for example, report in bad_examples(rule)
        for mark in example.of_kind(FINDING)
        for found in findings(example, report)
        if mark.line == found.line and mark.column == found.place.column and mark.words == found.message
    ]
    assert pinned, f'pin column and message of a finding in rules/…/{rule}.md: # finding: COLUMN "MESSAGE"'


@pytest.mark.parametrize("rule", rules())
def test_every_place_that_a_finding_also_speaks_of_is_marked(rule: str) -> None:
    for example, report in bad_examples(rule):
        marked = {mark.line for mark in example.of_kind(RELATED) if mark.column and mark.words}
        assert {found.line for found in related(example, report)} == marked


HIDING = [example for example in EXAMPLES if "# hidden" in str(example.values[3])]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(("rule", "verdict", "options", "text"), HIDING)
def test_what_is_hidden_is_in_no_report(name: str, rule: str, verdict: str, options: str, text: str) -> None:
    example = read_example(text)
    written = "".join(render(name, run(rules()[rule], example, options), View(width=1000)))
    if name == "sarif":  # which repeats the articles with their examples
        written = json.dumps(json.loads(written)["runs"][0]["results"])
    assert rule in written
    assert [value for value in example.hidden.values() if value in written] == []


@pytest.mark.parametrize("rule", rules())
def test_article_is_whole(rule: str) -> None:
    article = articles()[rule]
    assert all(article[part] for part in ("what", "why", "fix"))
    assert article["ignore"] or rules()[rule].severity == Severity.ERROR  # what every cluster refuses
    verdicts = {verdict for verdict, _, _ in article["examples"]}
    assert verdicts == {"bad", "good"}
    assert rules()[rule].title
    assert rules()[rule].terms


def test_only_the_rules_that_a_run_needs_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[str] = []
    real = Records.__getitem__
    monkeypatch.setattr(Records, "__getitem__", lambda self, id_: decoded.append(id_) or real(self, id_))
    rules.cache_clear()
    try:
        chosen = select("recommended", extra=["rbac-*"], severity={"images": "info"}, ignored=["latest-image-tag"])
        assert len(chosen) > 80
        assert decoded == []
        comparing = {facet.id for facet in chosen.facets.values() if facet.compares}
        lint(
            [Source("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n")], Options(chosen)
        )
        met = set(decoded) & chosen.keys() - comparing
        assert comparing <= set(decoded)
        assert len(met) < len(chosen) / 4
    finally:
        rules.cache_clear()


def test_facets_are_what_the_rules_say() -> None:
    for id_, facet in rules().facets.items():
        assert {name: getattr(facet, name) for name in Facets._fields} == {
            name: getattr(rules()[id_], name) for name in Facets._fields
        }


def test_rules_beside_others_and_with_another_severity() -> None:
    latest = rules()["latest-image-tag"]
    mine = latest.weighing("error")
    known = rules().beside({"mine": mine, latest.id: mine})
    assert (len(known), known["mine"], known[latest.id], "mine" in known) == (len(rules()) + 1, mine, mine, True)
    assert rules()[latest.id] is latest
    chosen = known.chosen([latest.id, "host-network"], {"host-network": "info"})
    assert {id_: rule.severity for id_, rule in chosen.items()} == {"host-network": "info", latest.id: "error"}
    with pytest.raises(KeyError):
        chosen["mine"]
