"""Every rule: its examples find what they mark and nothing else, and its article is whole."""

import pytest

from kexplain.api.packed import Records
from kexplain.catalogue.rule import Facets, Rule, articles, rules
from kexplain.catalogue.selection import select
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.filters import filter as filters
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.run.examples import VALIDITY, findings, options_of
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
        report = filters.apply(report, Settings(complete=options.complete))
    return [(finding.place.line, finding.rule.id) for finding in report.findings if finding.rule.id in which]


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
    _, run_options = options_of(rules()[rule], options)
    assert findings(text, {name: rules()[name] for name in VALIDITY}, run_options) == []


@pytest.mark.parametrize("rule", rules())
def test_article_is_whole(rule: str) -> None:
    article = articles()[rule]
    assert all(article[part] for part in ("what", "why", "fix", "ignore"))
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
