"""The words of custom kinds: each kind of the table has a term, each row stands for a field there is, in good form."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

from kexplain.api.custom_table import groups, kinds, table_of
from kexplain.api.custom_types import with_custom
from kexplain.api.schema import load
from kexplain.catalogue.article import ArticleError
from kexplain.catalogue.compiler import first_sentence
from kexplain.catalogue.custom_tables import compile_custom, kind_terms, read_table
from kexplain.catalogue.custom_words import common_field, custom_field, custom_value, forms, source_of
from kexplain.catalogue.field import words_at
from kexplain.catalogue.term import places, terms

TABLES = sorted((ROOT / "glossary" / "custom").glob("*.tsv"))
OWN = [path for path in TABLES if path.stem != "any"]
MARK = "# Fields of other releases, and keys of maps that take any:"
DEEP = 9


@pytest.mark.parametrize("group", sorted(groups()))
def test_every_kind_of_the_table_has_a_term(group: str) -> None:
    assert [kind for kind in table_of(group) if f"{group} {kind}" not in places()] == []


def test_no_term_of_a_kind_is_shared_by_more_than_its_sisters() -> None:
    by_term: dict[str, set[str]] = {}
    for kind in kinds():
        by_term.setdefault(places()[f"{kind.group} {kind.kind}"][0][1], set()).add(kind.group)
    assert {id_: found for id_, found in by_term.items() if len(found) > 1 and id_ != "policy-exception"} == {}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_sentences_have_the_measure(path: Path) -> None:
    _, rows = read_table(path)
    for row in rows:
        if row.paths:
            assert re.fullmatch(r"[A-Z`0-9…].{3,}[.]", row.words), row
            assert len(row.words) <= (100 if row.value is None else 110), row
        else:
            assert len(first_sentence(row.words)) <= 100, row
            assert len(row.words) <= 640, row
            assert row.words.endswith("."), row


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_table_names_its_page_and_its_neighbours(path: Path) -> None:
    head, _ = read_table(path)
    assert head["source"].startswith("https://")
    assert [slug for slug in head["related"] if slug not in terms()] == []


def positions(group: str) -> Iterator[str]:
    """Every position in the kinds of a group, without those in core types."""
    api = with_custom(load())
    assert api.custom is not None
    pending = [(api.custom.root(version), ()) for found in table_of(group).values() for version in found]
    while pending:
        name, above = pending.pop()
        for field in api.type(name).fields.values() if api.type(name).schema else ():
            ref, position = field.ref.lstrip("?"), field.position
            yield position
            while ref[:2] in {"[]", "{}"}:
                ref, position = ref[2:].lstrip("?"), f"{position}[]"
                yield position
            if " " in ref and ref not in above and len(above) < DEEP:
                pending.append((ref, (*above, ref)))


@pytest.mark.parametrize("path", [path for path in OWN if path.stem in groups()], ids=lambda path: path.stem)
def test_a_row_stands_for_a_field_of_the_table_unless_it_is_marked(path: Path) -> None:
    known = {form for position in positions(path.stem) for form in forms(position.partition(" ")[2])}
    marked = path.read_text(encoding="utf-8").partition(MARK)[2].splitlines()
    checked = [row for row in read_table(path)[1] if row.paths and not any(row.words in line for line in marked)]
    wrong = [row.place for row in checked if not known & {f"{kind}{way}" for kind in row.kinds for way in row.paths}]
    assert wrong == []


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("cert-manager.io Certificate.spec.issuerRef.kind", "ClusterIssuer"),
        ("argoproj.io Rollout.spec.strategy.canary.steps[].setWeight", "percent"),
        ("monitoring.coreos.com PodMonitor.spec.podMetricsEndpoints[].relabelings[].action", "pattern"),
        ("gateway.networking.k8s.io GRPCRoute.spec.rules[].backendRefs[].weight", "sum of all"),
        ("security.istio.io AuthorizationPolicy.spec.action", "ALLOW"),
    ],
)
def test_a_field_has_words_by_path_or_by_its_last_steps(position: str, words: str) -> None:
    assert words in words_at(position)


def test_a_value_of_a_map_is_called_by_its_key_first() -> None:
    place = "keda.sh ScaledObject.spec.triggers[].metadata[]"
    assert "divided" in custom_field(place, "threshold")
    assert custom_field(place, "brokerList").startswith("A property of this scaler")
    assert list(forms("K.a[]", "b")) == ["K.a.b", "*.a.b", "*.b", "K.a[]", "*.a[]"]


def test_a_value_has_words_where_it_stands() -> None:
    assert "refused" in custom_value("kyverno.io ClusterPolicy.spec.validationFailureAction", "", "Enforce")
    assert custom_value("kyverno.io ClusterPolicy.spec.validationFailureAction", "", "Nonsense") == ""


def test_what_no_group_says_may_be_said_by_name_alone() -> None:
    assert custom_field("example.org Thing.spec.replicas") == ""
    assert "instances" in common_field("example.org Thing.spec.replicas")
    assert source_of("example.org Thing.spec.replicas") == ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Kind.spec.x", "write a position"),
        ("kind.spec.x\tA field.", "write a position"),
        (f"Kind.spec.x\t{'a' * 111}.", "112 characters, at most 110"),
        ("Kind.spec.x|y\tA field.\n*.spec.z\tA field.\nKind.spec.y\tA field.", "Kind.spec.y stands there twice"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_line(line: str, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "glossary" / "custom"
    folder.mkdir(parents=True)
    (folder / "example.org.tsv").write_text(f"# source: https://example.org\n{line}\n")
    with pytest.raises(ArticleError, match=re.escape(words)) as raised:
        compile_custom(tmp_path)
    assert "example.org.tsv:" in str(raised.value)


def test_a_kind_is_called_by_its_bare_name_only_where_that_is_clear(tmp_path: Path) -> None:
    folder = tmp_path / "glossary" / "custom"
    folder.mkdir(parents=True)
    for group in ("a.example", "b.example"):
        (folder / f"{group}.tsv").write_text("# source: https://example.org\nBigThing\tA thing.\nPolicy\tA rule.\n")
    (folder / "c.example.tsv").write_text("FooBar\tA bar.\nSnapshot\tA state.\nRoleBinding\tA binding.\n")
    _, found = compile_custom(tmp_path)
    called = {slug: names for slug, names, _, _ in kind_terms(found, {"role-binding", "rolebinding"})}
    assert called == {
        "big-thing-a-example": ["big-thing-a-example", "BigThing (a.example)"],
        "policy-a-example": ["policy-a-example", "Policy (a.example)"],
        "big-thing-b-example": ["big-thing-b-example", "BigThing (b.example)"],
        "policy-b-example": ["policy-b-example", "Policy (b.example)"],
        "foo-bar": ["foo-bar", "FooBar (c.example)", "FooBar"],
        "snapshot-c-example": ["snapshot-c-example", "Snapshot (c.example)"],
        "role-binding-c-example": ["role-binding-c-example", "RoleBinding (c.example)"],
    }
