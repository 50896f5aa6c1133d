"""Changing the configuration by structure: its comments, order and other lines stay, and it means what was asked for."""

from pathlib import Path

import pytest
from support import BLOCK_POD, run

from kexplain.edits.round_trip import LossError, append, changed, put, written
from kexplain.syntax.meaning import meaning

LATEST = "latest-image-tag"
HELD = """\
# the whole team

fail-on: error  # since March
overrides:
  # charts of others
  - paths: [a,b]   # both
    ignore: [all]
    reason: theirs  # agreed
    # more to come

# how it is reported
quiet: yes
"""
ENTRY = """\
  - paths: [/web.yaml]
    kinds: [Pod]
    names: [p]
    containers: [c]
    ignore: [latest-image-tag]
    reason: a trial
    until: '2999-01-31'
"""

pytestmark = pytest.mark.usefixtures("folder")


def suppress(*arguments: str, reason: str = "a trial") -> tuple[int, str, list[str]]:
    result = run("suppress", "web.yaml", "--in-config", "--rule", LATEST, "--reason", reason, *arguments)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def found() -> str:
    return run("lint", "web.yaml", "--select", LATEST, "-o", "concise", "-q").stdout


def held(text: str = HELD, name: str = ".kexplain.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def manifest(text: str = BLOCK_POD, name: str = "web.yaml") -> None:
    Path(name).write_text(text)


def test_an_override_goes_behind_those_there_are_and_every_other_line_stays() -> None:
    path = held()
    manifest()
    assert LATEST in found()
    assert suppress("--until", "2999-01-31") == (
        0, "", [f"web.yaml:7: {LATEST}", "1 finding suppressed in .kexplain.yaml"]
    )  # fmt: skip
    assert path.read_text() == HELD.replace("    # more to come\n", f"    # more to come\n{ENTRY}")
    assert found() == ""
    assert suppress()[2] == ["0 findings suppressed in .kexplain.yaml"]


def test_a_configuration_is_created_and_later_extended() -> None:
    manifest()
    assert suppress("--until", "2999-01-31")[0] == 0
    assert Path(".kexplain.yaml").read_text() == f"overrides:\n{ENTRY}".replace("\n  ", "\n").replace("\n  ", "\n  ")
    manifest(BLOCK_POD.replace("name: p}", "name: q}"))
    assert suppress()[0] == 0
    assert [o["names"] for o in meaning(Path(".kexplain.yaml").read_text())[0]["overrides"]] == [["p"], ["q"]]  # type: ignore[index]


def test_a_dry_run_shows_the_difference_and_writes_nothing() -> None:
    manifest()
    code, out, err = suppress("--dry-run")
    assert (code, err[-1]) == (0, "1 finding would be suppressed in .kexplain.yaml")
    assert out.startswith("--- a/.kexplain.yaml\n+++ b/.kexplain.yaml\n")
    assert "+overrides:\n" in out
    assert not Path(".kexplain.yaml").exists()


@pytest.mark.parametrize("name", ["a b.yaml", "[x].yaml", "ä*.yaml", "!n.yaml", "#h.yaml", "sub/web.yaml"])
def test_an_override_holds_for_one_file_whatever_it_is_called(name: str) -> None:
    Path("sub").mkdir()
    manifest(name=name)
    manifest(name="sub/x.yaml")
    result = run("suppress", ".", "--in-config", "--rule", LATEST, "--reason", "a trial", "--exclude", "sub/x.yaml")
    assert result.stderr.splitlines()[-1] == "1 finding suppressed in .kexplain.yaml"
    assert run("lint", ".", "--select", LATEST, "-o", "concise", "-q").stdout.splitlines()[0].startswith("sub/x.yaml:")


@pytest.mark.parametrize("name", ["a*", "[a]", "yes", "1e3", "x: y", "~", "ä"])
def test_names_are_no_patterns_and_stay_text(name: str) -> None:
    manifest(
        BLOCK_POD.replace("{name: p}", f'{{name: "{name}"}}') + "---\n" + BLOCK_POD.replace("{name: p}", "{name: a}")
    )
    result = run("suppress", ".", "--in-config", "--rule", LATEST, "--reason", "a trial", "--select", LATEST)
    assert result.exit_code == 0
    entries = meaning(Path(".kexplain.yaml").read_text())[0]["overrides"]  # type: ignore[index]
    assert len(entries) == 2
    assert found() == ""


def test_toml_is_refused() -> None:
    manifest()
    held("[tool.kexplain]\nfail-on = 'error'\n", "pyproject.toml")
    words = "kexplain: pyproject.toml: only YAML is written; change the table [tool.kexplain] by hand"
    assert suppress() == (2, "", [words])
    result = run("config", "set", "fail-on", "error")
    assert (result.exit_code, result.stderr.splitlines()) == (2, [words])


def test_no_configuration_is_no_place_for_an_override() -> None:
    manifest()
    code, _, err = suppress("--no-config")
    assert (code, err[-1]) == (2, "Error: --in-config and --no-config exclude each other")


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("fail-on", "warning", "error  # since", "warning # since"),
        ("quiet", "false", "quiet: yes", "quiet: false"),
        ("kubernetes-version", "1.30", "quiet: yes\n", 'quiet: yes\nkubernetes-version: "1.30"\n'),
        ("ignore", "security, rbac-*", "quiet: yes\n", "quiet: yes\nignore: [security, rbac-*]\n"),
        ("ignore", "[yes]", "quiet: yes\n", None),
        ("ignore", "'yes'", "quiet: yes\n", "quiet: yes\nignore: [\"'yes'\"]\n"),
        (f"severity.{LATEST}", "error", "quiet: yes\n", f"quiet: yes\nseverity:\n  {LATEST}: error\n"),
    ],
)  # fmt: skip
def test_a_setting(key: str, value: str, old: str, new: str | None) -> None:
    path = held()
    result = run("config", "set", key, value)
    if new is None:
        assert result.exit_code == 2
        assert path.read_text() == HELD
        return
    assert result.stderr == f".kexplain.yaml: {key} is now {value}\n"
    assert path.read_text() == HELD.replace(old, new)
    assert run("config", "set", key, value).stderr == ".kexplain.yaml: unchanged\n"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("fail-onn", "error", "config set: unknown key 'fail-onn'; did you mean 'fail-on'?"),
        ("fail-on", "eror", "config set: fail-on must be one of info, warning, error, never, not 'eror'"),
        ("quiet", "maybe", "config set: quiet must be true or false, not 'maybe'"),
        (
            f"severity.{LATEST}",
            "high",
            f"config set: severity.{LATEST} must be one of error, warning, info, not 'high'",
        ),
        ("kubernetes-version", "new", "config set: kubernetes-version must be text such as \"1.32\", not 'new'"),
    ],
)
def test_a_setting_that_cannot_be(key: str, value: str, words: str) -> None:
    path = held()
    result = run("config", "set", key, value)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kexplain: {words}")
    assert path.read_text() == HELD


def test_a_list_keeps_the_comments_of_the_items_that_stay() -> None:
    text = "ignore:\n- security  # of others\n- network # ours\n\n# the end\nquiet: true\n"
    held(text)
    run("config", "set", "ignore", "security,network,rbac")
    assert Path(".kexplain.yaml").read_text() == text.replace("ours\n", "ours\n- rbac\n")
    result = run("config", "set", "ignore", "security,rbac")
    assert result.exit_code == 2
    assert "without loss of a comment" in result.stderr


def test_a_file_of_comments_alone_and_line_ends_and_the_mark_stay() -> None:
    run("init")
    before = Path(".kexplain.yaml").read_text()
    run("config", "set", "fail-on", "error")
    assert Path(".kexplain.yaml").read_text() == f"{before}fail-on: error\n"
    path = held("\ufeffquiet: true # x\r\n", "other.yaml")
    run("config", "set", "fail-on", "error", "--config", "other.yaml")
    assert path.read_bytes() == "\ufeffquiet: true # x\r\nfail-on: error\r\n".encode()


def test_a_file_that_cannot_be_read_is_left() -> None:
    path = held("quiet: [\n")
    result = run("config", "set", "fail-on", "error")
    assert result.exit_code == 2
    assert result.stderr.startswith("kexplain: .kexplain.yaml:")
    assert path.read_text() == "quiet: [\n"


def test_what_would_be_lost_is_told() -> None:
    with pytest.raises(LossError, match="by hand"):
        changed("a: 1 # why\n", lambda tree: tree.pop("a"), {})
    with pytest.raises(LossError, match="by hand"):
        changed("a: 1\n", lambda tree: put(tree, ("a",), 2), {"a": 3})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n- 1\n", "a:\n- 1\n- 2\n"),
        ("a: [1]\nb: 2\n", "a: [1, 2]\nb: 2\n"),
        ("a:\n  - 1 # x\n# y\nb: 2\n", "a:\n  - 1 # x\n  - 2\n# y\nb: 2\n"),
        ("---\na:\n  - 1\n\n\nb: 2\n", "---\na:\n  - 1\n  - 2\n\n\nb: 2\n"),
        ("a:\n  - 1\n# y\nb: 2\n", "a:\n  - 1\n  - 2\n# y\nb: 2\n"),
        ("a:\n  - b: 1\n  # y\n\n# z\n", "a:\n  - b: 1\n  # y\n  - 2\n\n# z\n"),
        ("a: []\n# end\n", "a:\n- 2\n# end\n"),
    ],
)
def test_what_follows_a_list_stays_behind_it(text: str, expected: str) -> None:
    (said,) = meaning(expected)
    assert changed(text, lambda tree: append(tree["a"], written(2)), said) == expected  # type: ignore[arg-type]
