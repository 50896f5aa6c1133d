"""No output shows a secret, wherever one stands: each place of ``secret_places`` has its own, and every output is searched."""

import os
import re
import traceback
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from secret_places import NAMES, places
from support import run

from kexplain.catalogue.selection import select
from kexplain.cli.commands import fix
from kexplain.engine import limits
from kexplain.engine.annotation import Annotated
from kexplain.engine.annotator import annotated
from kexplain.engine.explained_line import explain_line
from kexplain.engine.explanation import UnknownNameError
from kexplain.engine.failure import RuleError
from kexplain.engine.linter import Options, lint
from kexplain.objects.credentials import is_named, may_be
from kexplain.output import annotated_format, report_format
from kexplain.output.explanation import as_json
from kexplain.output.report_format import View
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Mapping, plain_value

PLACES = {name[:4]: (name, text) for name, text in places()}
SECRET = re.compile(r"hunt(\d{4})er|7700(\d{4})")
HASH = re.compile(r"\b[0-9a-f]{32,64}\b")


def shown(text: str) -> list[str]:
    """The places whose secret a text shows."""
    return sorted({PLACES[match[1] or match[2]][0] for match in SECRET.finditer(HASH.sub("", text))})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All places as files, and the current folder."""
    folder = tmp_path_factory.mktemp("places")
    for number, (name, text) in PLACES.items():
        (folder / f"{'values' if 'values' in name else 'place'}-{number}.yaml").write_text(text, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="module")
def reports(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every report of one run, and what it says besides."""
    out = tmp_path_factory.mktemp("reports")
    wanted = {name: ("-o", f"{name}:{out / name}") for name in report_format.names()}
    with_fixes = [word for name in report_format.WITH_FIXES for word in wanted.pop(name)]
    said = run("lint", ".", "-v", "--statistics", "--profile", "pedantic", *chain(*wanted.values()))
    assert said.exit_code == 1
    some = sorted(os.listdir(folder))[::6]
    assert run("lint", *some, *with_fixes).exit_code == 1
    assert run("lint", *some, "--baseline", str(out / "baseline"), "--update-baseline").exit_code == 0
    return {file.name: file.read_text(encoding="utf-8") for file in out.iterdir()} | {"stderr": said.stderr}


def test_the_places_are_many() -> None:
    assert len(PLACES) > 700
    assert all(SECRET.search(text) for _, text in PLACES.values())


@pytest.mark.parametrize("name", [*report_format.names(), "baseline", "stderr"])
def test_no_report_shows_one(reports: dict[str, str], name: str) -> None:
    assert len(reports[name]) > 100
    assert shown(reports[name]) == []


@pytest.fixture(scope="module")
def explained(folder: Path) -> list[Annotated]:
    """The places, annotated."""
    sources = [Source(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())]
    return annotated(lint(sources, Options(select("pedantic"))))


@pytest.mark.parametrize("layout", annotated_format.names())
def test_no_annotated_manifest_shows_one(explained: list[Annotated], layout: str) -> None:
    text = "".join(annotated_format.render(layout, explained, View(False, 100)))
    assert len(text) > 100_000
    assert shown(text) == []


def test_no_difference_shows_one(folder: Path) -> None:
    result = run("suppress", *sorted(os.listdir(folder))[::4], "--reason", "a trial", "--dry-run")
    assert result.stdout.count("kexplain: ignore[") > 100
    assert shown(result.output) == []


@pytest.mark.parametrize("options", [["lint", "--diff"], ["lint", "--diff", "--unsafe-fixes"], ["fix"]], ids=" ".join)
def test_no_fix_shows_one(folder: Path, options: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fix, "is_terminal", lambda: True)
    result = run(*options, *sorted(os.listdir(folder))[::6], stdin="n\n" * 1_000)
    assert "\n+" in result.output
    assert shown(result.output) == []


def test_what_is_found_to_be_a_credential_is_hidden() -> None:
    values = ["hunter2", "/a/b", "x-y", "vault:x", "a b", "[a]", "https://u:pw@h", "env:x", "changeme", "TRUE", "${x}", "<x>", "1"]
    assert [(n, v) for n in NAMES for v in values if is_named(n, v) and not may_be(n, v)] == []


def test_no_explained_line_shows_one() -> None:
    told = []
    for number, (_, text) in list(PLACES.items())[::16]:
        report = lint([Source(f"place-{number}.yaml", text)], Options(select("recommended")))
        for line in range(1, text.count("\n") + 2):
            try:
                told.append(as_json(explain_line(report, line)))
            except UnknownNameError as error:
                told.append(str(error))
    assert len(told) > 400
    assert shown("\n".join(told)) == []


def test_no_failure_shows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that raises, and says the value that it met."""

    def failing(_: object, node: Mapping) -> None:
        raise ValueError(plain_value(node))

    monkeypatch.setattr(limits, "violations", failing)
    with pytest.raises(RuleError, match="ValueError") as caught:
        lint([Source("a.yaml", PLACES["0000"][1])], Options(select("recommended")))
    assert "hunt" not in str(caught.value)
    assert shown("".join(traceback.format_exception(caught.value))) == []
