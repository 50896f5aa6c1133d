"""Whatever a disk, a pipeline or a stranger's file does: originals stay whole, lines are no commands, time has an end."""

import errno
import os
from pathlib import Path

import pytest
from support import POSIX, run

from kexplain.edits.replacing import replace_file
from kexplain.files import program

COMMANDS = """\
::error::top: 1
"##vso[task.setvariable]x": 1
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  a: |
    ::set-output name=a::b
    ##[group]x
    ##teamcity[x]
"""


@pytest.mark.parametrize("pipeline", ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
@pytest.mark.parametrize(
    "command",
    ["annotate -o terminal", "annotate -o comments", "annotate -o markdown", "annotate -o json", "lint -v", "lint --diff",
     "suppress --reason x --dry-run"],
)  # fmt: skip
def test_no_line_is_a_command_in_a_pipeline(folder: Path, command: str, pipeline: str) -> None:
    (folder / "a.yaml").write_text(COMMANDS)
    result = run(*command.split(), "a.yaml", **{pipeline: "true"})
    lines = (result.stdout + result.stderr).splitlines()
    assert lines
    assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line or "##teamcity[" in line] == []


def test_elsewhere_text_is_what_it_is(folder: Path) -> None:
    (folder / "a.yaml").write_text(COMMANDS)
    assert "\n    ::set-output name=a::b\n" in run("annotate", "-o", "comments", "a.yaml", CI="").stdout


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_file_is_as_it_was_when_it_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    (folder / "a.yaml").write_bytes(b"old")

    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr("kexplain.edits.replacing.shutil.copymode", failing)
    with pytest.raises(type(error)):
        replace_file(folder / "a.yaml", b"new")
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.yaml", b"old")]


@POSIX
def test_a_link_stays_a_link(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"old")
    (folder / "b.yaml").symlink_to("a.yaml")
    (folder / "a.yaml").chmod(0o640)
    replace_file(folder / "b.yaml", b"new")
    assert (folder / "b.yaml").is_symlink()
    assert (folder / "a.yaml").read_bytes() == b"new"
    assert (folder / "a.yaml").stat().st_mode & 0o777 == 0o640


def test_a_file_that_may_not_be_written_is_left_and_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n")
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)  # as whoever is not root sees it
    before = (folder / "a.yaml").read_bytes()
    result = run("annotate", "--write", "a.yaml")
    assert result.exit_code == 1
    assert "a.yaml: cannot be written: Permission denied" in result.stderr
    assert (folder / "a.yaml").read_bytes() == before


@POSIX
def test_programs_of_a_run_have_so_much_time_together(monkeypatch: pytest.MonkeyPatch) -> None:
    program.begin()
    assert program.start(["/bin/echo", "a"]).text == "a\n"
    assert 0 < program.Budget.left < program.ALL_SECONDS
    monkeypatch.setattr(program.Budget, "left", 0.0)
    assert program.start(["/bin/echo", "a"]).trouble == "echo was not started: the programs of this run have taken 10 minutes"
    program.begin()
    assert program.Budget.left == program.ALL_SECONDS
