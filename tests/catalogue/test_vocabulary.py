"""The vocabulary: every name that people look up leads to the right thing.

``vocabulary.tsv`` holds the names, each with the term or kind it means. Where the tables that the vocabulary comes from
are beside the checkout, every headword and alias of theirs is in it.
"""

import csv
from pathlib import Path

import pytest
from support import SHARED

from kexplain.catalogue.term import names, terms
from kexplain.engine.explainer import explain

LINES = (Path(__file__).parent / "vocabulary.tsv").read_text(encoding="utf-8").splitlines()
ROWS = dict(line.split("\t") for line in LINES)
TABLES = [SHARED / "glossary-terms.tsv", SHARED / "glossary-extra-terms.tsv"]


def meaning(name: str) -> str:
    """The term that a name leads to first; of a kind without a term, the kind."""
    found = explain(name)[0]
    return next((id_ for id_, term in terms().items() if term.title == found.title), f"{found.kind} {found.title}")


@pytest.mark.parametrize("start", range(0, len(ROWS), 100))
def test_every_name_leads_to_the_right_thing(start: int) -> None:
    some = dict(list(ROWS.items())[start : start + 100])
    assert {name: meaning(name) for name in some} == some


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("PodDisruptionBudget (PDB)", "pod-disruption-budget"),
        ("pod disruption budgets", "pod-disruption-budget"),
        ("Liveness-Probes", "liveness-probe"),
        ("network policies", "network-policy"),
        ("cluster", "cluster"),
        ("sidecar", "sidecar"),
        ("Cluster (CloudNativePG)", "cnpg-cluster"),
        ("Sidecar (Istio)", "istio-sidecar"),
    ],
)
def test_writing_is_forgiven_and_a_bare_word_keeps_its_meaning(name: str, slug: str) -> None:
    assert meaning(name) == slug


@pytest.mark.skipif(
    not all(table.is_file() for table in TABLES), reason="no vocabulary tables in KEXPLAIN_SHARED or ../shared"
)
def test_the_tables_are_covered() -> None:
    wanted = set()
    for table in TABLES:
        with table.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                wanted |= {row["term"], *(alias.strip() for alias in row["aliases"].split(";") if alias.strip())}
    assert wanted - ROWS.keys() == set()
    assert len(names()) > len(wanted)
