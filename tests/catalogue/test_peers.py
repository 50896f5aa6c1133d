"""The table of other tools' checks: complete, and every check that most tools share has a rule."""

import csv

import pytest
from support import SHARED

from kexplain.catalogue.peers import UnknownToolError, equivalents, peer_checks, table
from kexplain.catalogue.rule import rules

UNION = SHARED / "rules" / "union.tsv"


def test_every_core_check_has_a_rule() -> None:
    ours = equivalents(rules().values())
    assert [check for check, (tier, _) in table().items() if tier == "core" and check not in ours] == []


def test_every_equivalent_is_a_check_that_the_table_has() -> None:
    named = {check for rule in rules().values() for check in rule.equivalents}
    strangers = {check for check in named - table().keys() if not check.startswith(("pss:", "pluto:", "kubent:"))}
    assert strangers == set()


@pytest.mark.skipif(not UNION.is_file(), reason="no union.tsv: KEXPLAIN_SHARED names no folder that holds one")
def test_every_core_row_of_the_union_is_named_by_some_rule() -> None:
    ours = equivalents(rules().values())
    with UNION.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["tier"] == "core"]
    assert len(rows) > 100
    lacking = {row["slug"]: [c for c in row["peers"].split(",") if c and c not in ours] for row in rows}
    assert {slug: checks for slug, checks in lacking.items() if checks} == {}


def test_a_tool_shows_what_we_have_and_what_we_have_not() -> None:
    checks = {check.id: check for check in peer_checks("kubeconform", rules().values())}
    assert checks["reject"].rules == ("disallowed-kind",)
    assert checks["reject"].tier == "core"
    assert {check.id for check in peer_checks("yamllint", rules().values()) if not check.rules} >= {"truthy"}


def test_an_unknown_tool_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownToolError, match=r"no tool is called 'kubelinter'; did you mean 'kube-linter'\?"):
        peer_checks("kubelinter", rules().values())
