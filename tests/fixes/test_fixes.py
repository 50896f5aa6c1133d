"""Every fix: what it makes of an example has no finding of its rule and no new one of another, and all else stays."""

import re
from collections import Counter
from typing import NamedTuple

import pytest
from support import ROOT

from kexplain.catalogue.rule import articles, rules
from kexplain.config.settings import Settings
from kexplain.edits.fixing import Fixed, fix
from kexplain.engine.linter import lint
from kexplain.engine.report import Report
from kexplain.filters import filter as filters
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS
from kexplain.run.examples import options_of, validity
from kexplain.run.marks import read_example
from kexplain.syntax.source import Source

PART = re.compile(
    r"^## (\S+)(.*?)\n.*?^```yaml before( safe)?\n(.*?)^```\n\n```yaml after\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
MARKS = re.compile(r" *# (finding|related|hidden)\b.*")


class Case(NamedTuple):
    rule: str
    words: str
    safe: bool
    before: str
    after: str


CASES = [
    Case(rule, words, bool(safe), before, after)
    for rule, words, safe, before, after in PART.findall((ROOT / "tests/fixes/cases.md").read_text(encoding="utf-8"))
]
EXAMPLES = [
    (rule, words, text)
    for rule in rules()
    if rules()[rule].fixable
    for verdict, words, text in articles()[rule]["examples"]
    if verdict == "bad"
]


def fixed(name: str, words: str, sources: list[Source], *, safe: bool = False) -> tuple[Report, Fixed]:
    """What one rule's fixes make of some files, in a run that also sees what the API server refuses."""
    rule, options = options_of(rules()[name], words)
    wanted = {
        **validity(),
        name: rule,
        **({id_: rules()[id_] for id_ in rules()} if name in ABOUT_SUPPRESSIONS else {}),
    }

    def again(texts: dict[str, Source]) -> Report:
        report = lint([texts.get(source.path, source) for source in sources], options._replace(rules=wanted))
        return filters.apply(report, Settings(complete=options.complete))

    before = again({})
    return before, fix(before, options.release, again, lambda one: one.finding.rule.id == name, unsafe=not safe)


def found(report: Report) -> Counter[str]:
    return Counter(finding.rule.id for finding in report.findings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{CASES.index(case)}")
def test_case(case: Case) -> None:
    before, result = fixed(case.rule, case.words, [Source("a.yaml", case.before)], safe=case.safe)
    assert [change.new.text for change in result.changes] == [case.after]
    assert found(result.report)[case.rule] < found(before)[case.rule]
    again = fixed(case.rule, case.words, [Source("a.yaml", case.after)], safe=case.safe)[1]
    assert again.changes == []


FIXED_BY_EXAMPLE: set[str] = set()


@pytest.mark.parametrize(("rule", "words", "text"), EXAMPLES, ids=lambda value: value if "\n" not in value else "")
def test_example(rule: str, words: str, text: str) -> None:
    """Bad examples: each finding that is fixed is gone, nothing new is there, and a second run changes nothing."""
    sources = [Source(one.path, MARKS.sub("", one.text)) for one in read_example(text).sources]
    before, result = fixed(rule, words, sources)
    after = found(result.report)
    assert after[rule] <= found(before)[rule] - len(result.done)
    news = after - found(before)
    assert sum(news.values()) <= result.unveiled
    texts = {change.new.path: change.new for change in result.changes}
    again = fixed(rule, words, [texts.get(source.path, source) for source in sources])[1]
    assert again.changes == []
    if result.done:
        FIXED_BY_EXAMPLE.add(rule)


def test_every_fix_has_an_example() -> None:
    """Each rule that has a fix is fixed in its article or in the cases; this runs after those."""
    if not FIXED_BY_EXAMPLE:
        pytest.skip("the examples run with the rest of this file")
    assert {rule for rule in rules() if rules()[rule].fixable} - FIXED_BY_EXAMPLE - {
        case.rule for case in CASES
    } == set()


def test_fixes_are_many() -> None:
    assert len([rule for rule in rules() if rules()[rule].fixable]) >= 60
