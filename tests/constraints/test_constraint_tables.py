"""Every row of api/constraints: its position exists, its kind and arguments mean something, its rule speaks for it."""

import re
import sys
from functools import cache
from pathlib import Path

from support import for_each

from kexplain.api.constraints import Row
from kexplain.api.release import BUNDLED, Release
from kexplain.api.schema import Api, load, removed
from kexplain.catalogue.rule import rules
from kexplain.constraints.judge import judge_of
from kexplain.constraints.words import WORDS

TABLES = sorted((Path(__file__).parents[2] / "api" / "constraints").glob("*.tsv"))
HANDLED_WHEN_PACKED = {"lenient", "unchecked"}
ROWS = [
    tuple(line.split("\t"))
    for table in TABLES
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1)
    if number > 2 and line and not line.startswith("#")
]


@cache
def types_called(name: str) -> tuple[tuple[Api, str], ...]:
    """The types that a row means: one of that name in a group, in any of its versions, or of any group."""
    group, _, short = name.rpartition(" ")
    apis = [*(load(Release(1, minor)) for minor in reversed(BUNDLED)), removed()]
    return tuple(
        (api, found)
        for api in apis
        for found in api.type_names()
        if found == name or (found.rpartition(" ")[2] == short and group in {"", found.rpartition("/")[0]})
    )


def leads_somewhere(api: Api, ref: str, path: list[str]) -> bool:
    """Whether a path below a type is one that its fields have; below what is untyped everything is."""
    for step in path:
        ref = ref.lstrip("?")
        if step == "[]":
            if ref[:2] not in {"[]", "{}"}:
                return ref in {"any", "object"}
            ref = ref[2:]
        elif " " in ref and ref[:2] not in {"[]", "{}"}:
            field = api.type(ref).fields.get(step)
            if field is None:
                return False
            ref = field.ref
        else:
            return ref in {"any", "object"} or ref[:2] == "{}"
    return True


@for_each(ROWS)
def test_row(position: str, kind: str, arguments: str, when: str, rule: str, versions: str, source: str) -> None:
    group, _, rest = position.rpartition(" ")
    names, _, path = rest.partition(".")
    steps = path.replace("[]", ".[]").split(".") if path else []
    for name in names.split(","):
        full = f"{group} {name}".strip()
        assert any(leads_somewhere(api, found, steps) for api, found in types_called(full)), f"no version has {full}.{path}"
    assert re.fullmatch(r"(>=1\.\d+)?(<=1\.\d+)?", versions)
    assert source
    if kind not in HANDLED_WHEN_PACKED:
        assert rule in rules()
        assert rules()[rule].constraints
        judge_of(Row(path or "", kind, arguments, when, rule))
        assert kind not in WORDS or WORDS[kind](arguments)


def test_every_rule_that_speaks_for_constraints_has_some() -> None:
    named = {row[4] for row in ROWS} | {path.stem.replace("_", "-") for path in Path(sys.modules["kexplain"].__file__ or "").parent.glob("checks/*.py")}
    assert {id_ for id_, rule in rules().items() if rule.constraints} - named == set()
