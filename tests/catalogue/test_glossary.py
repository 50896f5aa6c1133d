"""Every term: its words have the measure, its relations exist, and what it claims is claimed once."""

import importlib.util
import re
from collections import defaultdict
from pathlib import Path

import pytest
from support import ROOT, for_each

from kexplain.api.packed import module_names
from kexplain.catalogue import compiler
from kexplain.catalogue.article import read_articles
from kexplain.catalogue.rule import rules
from kexplain.catalogue.term import names, pattern_ids, places, terms

SPEC = importlib.util.spec_from_file_location("articles_tool", ROOT / "tools" / "articles.py")
TOOL = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(TOOL)


def test_words_have_the_measure() -> None:
    assert [problem for article in read_articles(ROOT / "glossary") for problem in TOOL.term_problems(article)] == []


@for_each(terms())
def test_relations_exist_and_point_elsewhere(id_: str) -> None:
    term = terms()[id_]
    relations = [*term.related, *([term.broader] if term.broader else [])]
    assert [slug for slug in relations if slug not in terms()] == []
    assert id_ not in relations
    assert len(set(relations)) == len(relations)


def test_no_first_sentence_stands_twice() -> None:
    by_words = defaultdict(list)
    for term in terms().values():
        by_words[re.sub(r"\W+", " ", term.brief.lower())].append(term.id)
    assert [ids for ids in by_words.values() if len(ids) > 1] == []


def test_no_two_terms_claim_the_same_place() -> None:
    twice = {}
    for position, claims in places().items():
        seen = defaultdict(list)
        for place, id_ in claims:
            if id_ not in pattern_ids():
                seen[place.key, place.op, place.values].append(id_)
        twice |= {(position, *what): ids for what, ids in seen.items() if len(set(ids)) > 1}
    assert twice == {}


def test_every_pattern_is_a_term_and_has_a_place() -> None:
    claimed = {id_ for claims in places().values() for _, id_ in claims}
    assert [id_ for id_ in module_names("patterns") if id_ not in terms() or id_ not in claimed] == []


def test_every_class_of_term_is_there() -> None:
    at = {id_: term.at for id_, term in terms().items()}
    assert sum(not positions for positions in at.values()) >= 10
    assert any(any(p.startswith("annotation:") for p in positions) for positions in at.values())
    assert any(any(re.fullmatch(r"[a-z.]+\.[a-z]+ [A-Z]\w+", p) for p in positions) for positions in at.values())
    assert len(terms()) >= 120


def test_names_find_their_term() -> None:
    assert names()["po" if "po" in names() else "pod"] == "pod"
    assert names()["crashloopbackoff"] == "crash-loop-back-off"


def test_rules_speak_of_terms_that_exist() -> None:
    assert {term for rule in rules().values() for term in rule.terms} <= set(terms())


def test_a_misspelt_position_fails_with_the_nearest_name(tmp_path: Path) -> None:
    path = tmp_path / "glossary" / "workloads" / "x.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        "---\ntitle: x\ndomain: workloads\nsource: https://example.org\nat: [Container.livenesProbe]\n---\nA thing.\n"
    )
    with pytest.raises(ValueError, match=r"did you mean 'livenessProbe'"):
        compiler.compile_terms(read_articles(path.parent))
