"""The tables of short sentences: every enumerated value has one, each is right in form, and none says nothing."""

import csv
import re
from pathlib import Path

import pytest

from kexplain.api import schema
from kexplain.catalogue.article import ArticleError
from kexplain.catalogue.compiler import known_types
from kexplain.catalogue.field import chosen, tables
from kexplain.catalogue.tables import compile_tables

ROOT = Path(__file__).parents[2]
BOUND = re.compile(r"(?:>=|<=)1\.\d+")


def rows(name: str) -> list[list[str]]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()[2:]
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("position", "values"), rows("api/enums.tsv"), ids=lambda text: text[-60:])
def test_every_enumerated_value_has_a_sentence(position: str, values: str) -> None:
    field = position.rpartition(" ")[2]
    words = tables().enums
    for value in BOUND.sub("", values).split(", "):
        assert any(chosen(words.get(name, {}), value) for name in (field, field.rpartition(".")[2])), value


def test_every_boolean_of_a_spec_has_words_for_both() -> None:
    api, known = schema.load(), tables().booleans
    held = ("Container", "PodSpec", "SecurityContext", "PodSecurityContext", "ServiceSpec", "DeploymentSpec", "JobSpec",
            "CronJobSpec", "VolumeMount", "ServiceAccount", "StorageClass", "ConfigMap", "Secret")  # fmt: skip
    for name in api.type_names():
        for field in api.type(name).fields.values() if name.rpartition(" ")[2] in held else ():
            if field.ref == "boolean":
                true, false = known[field.position.rpartition(" ")[2]]
                assert true != false


@pytest.mark.parametrize("name", ["glossary/fields.tsv", "glossary/booleans.tsv", "api/enum-words.tsv"])
def test_sentences_are_short_and_whole(name: str) -> None:
    for row in rows(name):
        for words in row[2 if name.startswith("api/") else 1 :]:
            assert re.fullmatch(r"[A-Z`0-9].{8,}[.]", words), row
            assert len(words) <= (100 if name.endswith("fields.tsv") else 110), row
            assert " for ever" not in words, row


def test_a_position_stands_in_the_table_once() -> None:
    positions = [position for position, _ in rows("glossary/fields.tsv")]
    assert len(positions) == len(set(positions))


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("glossary/fields.tsv", "Container.nosuch\tA field.", "has no field 'nosuch'"),
        ("glossary/fields.tsv", "Container.image", "1 cells; write 2"),
        ("glossary/fields.tsv", f"Container.image\t{'a' * 111}.", "112 characters, at most 110"),
        ("glossary/booleans.tsv", "Container.nosuch\tOn.\tOff.", "no type has the field Container.nosuch"),
        ("api/enum-words.tsv", "Container.nosuch\tA\tWords.", "no type has the field Container.nosuch"),
        ("api/enum-words.tsv", "kind\tA\tWords.\nkind\tA\tWords.", "kind A stands there twice"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_line(table: str, line: str, words: str, tmp_path: Path) -> None:
    for name in ("glossary/fields.tsv", "glossary/booleans.tsv", "api/enum-words.tsv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"#\nheader\n{line if name == table else ''}\n".rstrip() + "\n")
    with pytest.raises(ArticleError, match=re.escape(words)) as raised:
        compile_tables(tmp_path, *known_types())
    assert f"{table}:" in str(raised.value)
