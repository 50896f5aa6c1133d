"""The command line: every flag, exit codes, what goes where, colour, and what happens when something breaks."""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import click
import pytest
from click.testing import Result
from support import CLEAN, POSIX, SHARED, run

from kexplain import __version__
from kexplain.catalogue.profile import PROFILES
from kexplain.catalogue.rule import rules
from kexplain.catalogue.severity import Severity
from kexplain.catalogue.term import terms
from kexplain.cli import main as cli
from kexplain.cli import options
from kexplain.files import decode as files
from kexplain.objects.outcome import Status
from kexplain.output.annotated_format import names as layouts
from kexplain.output.report_format import names as formats

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: c, image: nginx:latest}\n"
BROKEN = "a: [\n"
INFO, WARNING, ERROR = "missing-cpu-limit", "latest-image-tag", "unknown-field"
THREE = POD.replace("spec:\n", "spec:\n  nosuch: 1\n")
"""One finding of each of the three rules above, one of each severity."""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: nobody}, ports: [{port: 80}]}\n"


@pytest.fixture
def folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (folder / "pod.yaml").write_text(POD)
    (folder / "clean.yaml").write_text(CLEAN)
    return folder


def choices(command: str, option: str) -> list[str]:
    """What an option of a command takes."""
    (found,) = [p for p in cli.cli.get_command(None, command).params if option in p.opts]
    assert isinstance(found.type, click.Choice)
    return list(found.type.choices)


def process(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {
        name: value for name, value in os.environ.items() if not name.endswith("COLOR") and name != "CLICOLOR_FORCE"
    }
    command = [sys.executable, "-m", "kexplain", *arguments]
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, check=False, env={**kept, **environment}, timeout=60
    )


def ids(result: Result) -> set[str]:
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}


def paths(result: Result) -> list[str]:
    return [outcome["path"] for outcome in json.loads(result.stdout)["outcomes"]]


# lint: exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clean.yaml"], 0),
        (["pod.yaml"], 1),
        (["pod.yaml", "clean.yaml"], 1),
        (["pod.yaml", "--exit-zero"], 0),
        (["pod.yaml", "--select", WARNING], 1),
        (["pod.yaml", "--select", WARNING, "--fail-on", "info"], 1),
        (["pod.yaml", "--select", WARNING, "--fail-on", "warning"], 1),
        (["pod.yaml", "--select", WARNING, "--fail-on", "error"], 0),
        (["pod.yaml", "--fail-on", "never"], 0),
        (["pod.yaml", "--select", WARNING, "--min-severity", "error"], 0),
        (["pod.yaml", "--ignore", "all"], 0),
        (["nosuch.yaml"], 2),
        (["pod.yaml", "nosuch.yaml"], 2),
        (["pod.yaml", "--select", "nosuch"], 2),
        (["pod.yaml", "--fail-on", "nosuch"], 2),
        (["pod.yaml", "--format", "nosuch"], 2),
        (["pod.yaml", "--profile", "nosuch"], 2),
        (["pod.yaml", "--kubernetes-version", "2.0"], 2),
        (["pod.yaml", "--min-severity", "never"], 2),
        (["pod.yaml", "--color", "yes"], 2),
        (["pod.yaml", "--ignore", "nosuch"], 2),
        (["pod.yaml", "--extend-select", "nosuch"], 2),
        (["pod.yaml", "nosuch.yaml", "--exit-zero"], 2),
        (["pod.yaml", "--nosuch"], 2),
        (["--help"], 0),
    ],
)
def test_exit_codes_of_lint(folder: Path, arguments: list[str], code: int) -> None:
    assert run("lint", *arguments).exit_code == code


@pytest.mark.parametrize(
    ("rule", "fail_on"), list(product((INFO, WARNING, ERROR), ("info", "warning", "error", "never", None)))
)
def test_fail_on(folder: Path, rule: str, fail_on: str | None) -> None:
    severity = dict(zip((INFO, WARNING, ERROR), Severity, strict=True))[rule]
    result = run("lint", "-", "-f", "json", "--select", rule, *(["--fail-on", fail_on] if fail_on else []), stdin=THREE)
    assert [(f["rule"], f["severity"]) for f in json.loads(result.stdout)["findings"]] == [(rule, severity)]
    assert result.exit_code == (fail_on != "never" and severity.weight >= Severity(fail_on or "warning").weight)


@pytest.mark.parametrize(
    ("text", "code", "strict"),
    [
        (CLEAN, 0, 0),
        ("", 0, 0),
        (BROKEN, 1, 1),
        ("apiVersion: example.org/v1\nkind: X\nmetadata: {name: x}\n", 0, 1),
        ("a: 1\n", 0, 1),
        (f"{CLEAN}---\na: 1\n", 0, 1),
        (f"{CLEAN}---\n", 0, 0),
    ],
)
def test_strict(folder: Path, text: str, code: int, strict: int) -> None:
    assert run("lint", "-", stdin=text).exit_code == code
    assert run("lint", "-", "--strict", stdin=text).exit_code == strict
    assert run("lint", "-", "--strict", "--exit-zero", stdin=text).exit_code == 0


# lint: what is chosen


@pytest.mark.parametrize("name", ["--output-format", "--format", "-f", "-o"])
def test_the_format_flag_has_four_names(folder: Path, name: str) -> None:
    assert json.loads(run("lint", "pod.yaml", name, "json").stdout)["version"] == 1


def test_every_format_and_layout_can_be_chosen(folder: Path) -> None:
    assert sorted(options.FORMATS) == formats()
    assert sorted(options.LAYOUTS) == layouts()
    assert choices("lint", "--profile") == list(PROFILES)
    for name in formats():
        result = run("lint", "pod.yaml", "--format", name)
        assert result.exit_code == 1
        assert "latest" in result.stdout
    for name in layouts():
        result = run("annotate", "pod.yaml", "--format", name)
        assert result.exit_code == 0
        assert "Pod" in result.stdout


def test_selection(folder: Path) -> None:
    chosen = ["lint", "pod.yaml", "--format", "json"]
    everything = ids(run(*chosen, "--profile", "pedantic"))
    usual = ids(run(*chosen))
    assert usual < everything
    assert ids(run(*chosen, "--select", f"{WARNING},missing-liveness-probe")) == {WARNING, "missing-liveness-probe"}
    assert ids(run(*chosen, "--select", WARNING, "--select", " missing-liveness-probe ")) == {
        WARNING,
        "missing-liveness-probe",
    }
    assert ids(run(*chosen, "--ignore", f"{WARNING},missing-*")) == {
        name for name in usual if name != WARNING and not name.startswith("missing-")
    }
    extra = min(everything - usual)
    assert ids(run(*chosen, "--extend-select", extra)) == usual | {extra}
    assert ids(run(*chosen, "--profile", "pss-baseline")) == set()
    assert ids(run(*chosen, "--profile", "pss-restricted")) >= {"capabilities-not-dropped"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--select", INFO], {INFO}),
        (["--select", f"{INFO},{ERROR}"], {INFO, ERROR}),
        (["--select", INFO, "--select", f" {ERROR} ,"], {INFO, ERROR}),
        (["--select", "images"], {"latest-image-tag", "image-not-pinned-by-digest"}),
        (["--select", "*-image-tag"], {WARNING}),
        (["--select", "all", "--ignore", "[!l]*", "--ignore", "low-*"], {WARNING}),
        (["--select", "all", "--ignore", "all"], set()),
        (["--select", INFO, "--extend-select", "*-image-tag", "--extend-select", ERROR], {INFO, WARNING, ERROR}),
        (["--select", f"{INFO},{WARNING}", "--ignore", WARNING], {INFO}),
        (["--select", "images", "--extend-select", INFO, "--ignore", "images"], {INFO}),
        (["--profile", "pss-baseline"], {ERROR}),
        (["--profile", "pss-baseline", "--extend-select", INFO, "--ignore", "schema"], {INFO}),
        (["--profile", "pedantic", "--select", ERROR], {ERROR}),
        (["--select", "resources,images", "--min-severity", "error"], set()),
        (["--select", f"{INFO},{WARNING},{ERROR}", "--min-severity", "info"], {INFO, WARNING, ERROR}),
        (["--select", f"{INFO},{WARNING},{ERROR}", "--min-severity", "warning"], {WARNING, ERROR}),
        (["--select", f"{INFO},{WARNING},{ERROR}", "--min-severity", "error"], {ERROR}),
    ],
)
def test_which_rules_report(folder: Path, arguments: list[str], expected: set[str]) -> None:
    assert ids(run("lint", "-", "-f", "json", *arguments, stdin=THREE)) == expected


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_what_its_rules_say(folder: Path, profile: str) -> None:
    everything = ids(run("lint", "-", "-f", "json", "--select", "all", stdin=THREE))
    assert {INFO, WARNING, ERROR} < everything
    inside = {
        i for i in everything if not rules()[i].preview and (profile == "pedantic" or profile in rules()[i].profiles)
    }
    assert ids(run("lint", "-", "-f", "json", "--profile", profile, stdin=THREE)) == inside
    if profile == "recommended":
        assert ids(run("lint", "-", "-f", "json", stdin=THREE)) == inside


@pytest.mark.parametrize("category", sorted({rule.category for rule in rules().values()}))
def test_every_category_selects(folder: Path, category: str) -> None:
    everything = ids(run("lint", "-", "-f", "json", "--select", "all", stdin=THREE))
    inside = {name for name in everything if rules()[name].category == category}
    assert ids(run("lint", "-", "-f", "json", "--select", category, stdin=THREE)) == inside
    assert (
        ids(run("lint", "-", "-f", "json", "--select", "all", "--ignore", category, stdin=THREE)) == everything - inside
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("latest-image-tags", "did you mean 'latest-image-tag'?"),
        ("securty", "did you mean 'security'?"),
        ("zzzzzz", "no rule or category"),
    ],
)
@pytest.mark.parametrize("flag", ["--select", "--extend-select", "--ignore"])
def test_an_unknown_rule_suggests(folder: Path, flag: str, name: str, words: str) -> None:
    result = run("lint", "pod.yaml", flag, name)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"no rule or category is called '{name}'" in result.stderr
    assert words in result.stderr


def test_the_target_version(folder: Path) -> None:
    text = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: p}\n"
    for version, expected in (
        ("1.24", "deprecated-api-version"),
        ("v1.25", "removed-api-version"),
        ("1.37.2", "removed-api-version"),
    ):
        found = run(
            "lint", "-", "--format", "json", "--kubernetes-version", version, "--select", "api-lifecycle", stdin=text
        )
        assert ids(found) == {expected}
    assert (
        "Kubernetes 1.24 is not bundled; its types are taken from 1.25"
        in run("lint", "clean.yaml", "--kubernetes-version", "1.24").stderr
    )
    assert "'x' is not a Kubernetes version; write 1.37" in run("lint", "--kubernetes-version", "x").stderr


@pytest.mark.parametrize(
    "written",
    [
        "1.29",
        "v1.29",
        "1.29.3",
        "v1.29.3",
        " 1.29 ",
        "1.29.3-gke.100",
        "v1.29.3+k3s1",
        "1.29-eks",
        "1.24",
        "1.9",
        "1.38",
        "1.999",
    ],
)
@pytest.mark.parametrize("command", ["lint", "annotate", "explain"])
def test_every_written_form_of_a_version(folder: Path, command: str, written: str) -> None:
    result = run(command, "pod" if command == "explain" else "clean.yaml", "--kubernetes-version", written)
    assert result.exit_code == 0
    minor = re.search(r"1\.(\d+)", written)[1]
    nearest = min(max(int(minor), 25), 37)
    if command == "explain":
        assert f"API versions in Kubernetes 1.{minor}: v1." in result.stdout
    if command == "lint":
        note = (
            f"Kubernetes 1.{minor} is not bundled; its types are taken from 1.{nearest}\n"
            if int(minor) != nearest
            else ""
        )
        assert result.stderr == f"nothing found in 1 object of 1 file (Kubernetes 1.{minor})\n{note}"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1",
        "2.0",
        "0.9",
        "1.x",
        "latest",
        "1.1000",
        "-1.2",
        "V1.29",
        "1.29.",
        "1.29.3.4",
        "01.29",
        "1,29",
        "1.29\n2",
    ],
)
@pytest.mark.parametrize("command", ["lint", "annotate", "explain"])
def test_what_is_no_version(folder: Path, command: str, written: str) -> None:
    result = run(command, "pod.yaml", "--kubernetes-version", written)
    assert (result.exit_code, result.stdout) == (2, "")
    words = "is not a Kubernetes version; write 1.37, v1.37 or 1.37.0"
    assert result.stderr.endswith(f"Invalid value for '--kubernetes-version': {written!r} {words}\n")


@pytest.mark.parametrize(
    ("arguments", "alone", "beside_a_pod", "pod_elsewhere"),
    [([], False, True, False), (["--complete"], True, True, True), (["--incomplete"], False, False, False),
     (["--complete", "--incomplete"], False, False, False), (["--incomplete", "--complete"], True, True, True)],
)  # fmt: skip
def test_complete(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    alone: bool,
    beside_a_pod: bool,
    pod_elsewhere: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    chosen = ["lint", ".", "-f", "json", "--select", "dangling-service", *arguments]
    (tmp_path / "service.yaml").write_text(SERVICE)
    assert bool(ids(run(*chosen))) == alone
    (tmp_path / "sub").mkdir()
    pod = POD.replace("{name: p}", "{name: p, labels: {app: nobodys}}")
    (tmp_path / "sub" / "pod.yaml").write_text(pod)
    assert bool(ids(run(*chosen))) == pod_elsewhere
    (tmp_path / "pod.yaml").write_text(pod)
    assert bool(ids(run(*chosen))) == beside_a_pod


def test_explanations_can_be_left_out(folder: Path) -> None:
    assert " = why: " in run("lint", "pod.yaml").stdout
    assert " = why: " not in run("lint", "pod.yaml", "--no-explain").stdout


# lint: where it reads


def test_no_path_is_this_folder(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "other.yml").write_text(POD)
    (folder / "sub" / "other.json").write_text('{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "n"}}')
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.yaml").write_text(BROKEN)
    (folder / "notes.txt").write_text(BROKEN)
    for paths in ([], ["."], ["./"], [str(folder)]):
        outcomes = json.loads(run("lint", *paths, "--format", "json").stdout)["outcomes"]
        assert [Path(o["path"]).name for o in outcomes] == ["clean.yaml", "pod.yaml", "other.json", "other.yml"]
        assert not any("//" in o["path"] or o["path"].startswith("./") for o in outcomes)


@POSIX
def test_a_file_is_read_once(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "pod.yaml")
    result = run(
        "lint", "pod.yaml", "pod.yaml", ".", "./pod.yaml", "link.yaml", "--format", "json", "--select", WARNING
    )
    assert [(f["path"], f["line"]) for f in json.loads(result.stdout)["findings"]] == [("pod.yaml", 6)]


@pytest.mark.parametrize("path", ["pod.yaml", "./pod.yaml", ".//pod.yaml", "././pod.yaml", "sub/../pod.yaml"])
def test_a_path_is_shown_without_dots_and_reads_the_same_file(folder: Path, path: str) -> None:
    (folder / "sub").mkdir()
    data = json.loads(run("lint", path, "-f", "json", "--select", WARNING).stdout)
    shown = path if ".." in path else "pod.yaml"
    assert [o["path"] for o in data["outcomes"]] == [f["path"] for f in data["findings"]] == [shown]
    assert run("annotate", "--write", path).stderr == f"{shown}: written\n"


@POSIX
def test_links_in_a_folder_lead_nowhere_else(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text(POD)
    (folder / "a").mkdir()
    (folder / "a" / "real.yaml").write_text(POD)
    (folder / "a" / "inside.yaml").symlink_to("real.yaml")
    (folder / "a" / "up.yaml").symlink_to("../clean.yaml")
    (folder / "a" / "outside.yaml").symlink_to(outside / "secret.yaml")
    (folder / "a" / "folder").symlink_to(outside)
    (folder / "a" / "loop").symlink_to(folder / "a")
    (folder / "a" / "gone.yaml").symlink_to("nosuch.yaml")
    data = json.loads(run("lint", "a", "-f", "json", "--select", f"{WARNING},unparseable-yaml").stdout)
    assert [(o["path"], o["status"]) for o in data["outcomes"]] == [
        ("a/folder", "skipped"),
        ("a/gone.yaml", "unreadable"),
        ("a/outside.yaml", "skipped"),
        ("a/real.yaml", "checked"),
        ("a/up.yaml", "skipped"),
    ]
    links = {outcome["reason"] for outcome in data["outcomes"] if outcome["status"] == "skipped"}
    assert links == {
        "a link to a folder; name it on the command line to read it",
        "a link that leads out of this folder; name it on the command line to read it",
    }
    assert [(f["path"], f["rule"]) for f in data["findings"]] == [
        ("a/gone.yaml", "unparseable-yaml"),
        ("a/real.yaml", WARNING),
    ]
    (named,) = json.loads(run("lint", "a/outside.yaml", "-f", "json").stdout)["outcomes"]
    assert (named["path"], named["status"]) == ("a/outside.yaml", "checked")


def test_hidden_folders_are_left_out_unless_named(folder: Path) -> None:
    for name in (".git", ".github/workflows", "sub/.cache"):
        (folder / name).mkdir(parents=True)
        (folder / name / "x.yaml").write_text(POD)
    (folder / "sub" / ".dot.yaml").write_text(POD)
    assert paths(run("lint", "-f", "json")) == ["clean.yaml", "pod.yaml", "sub/.dot.yaml"]
    assert paths(run("lint", ".git", "sub/.cache/x.yaml", "-f", "json")) == [".git/x.yaml", "sub/.cache/x.yaml"]


def test_a_folder_that_is_called_like_a_manifest(folder: Path) -> None:
    (folder / "x.yaml").mkdir()
    (folder / "x.yaml" / "y.yaml").write_text(CLEAN)
    assert paths(run("lint", "-f", "json")) == ["clean.yaml", "pod.yaml", "x.yaml/y.yaml"]


def test_a_file_that_cannot_be_read_hides_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: str):
        if "pod" in path:
            raise PermissionError(13, "Permission denied")
        return Path(path).open(mode)

    monkeypatch.setattr(files, "open", refuse, raising=False)
    result = run("lint", "-f", "json")
    data = json.loads(result.stdout)
    assert [(o["path"], o["status"], o["reason"]) for o in data["outcomes"]] == [
        ("clean.yaml", "checked", ""), ("pod.yaml", "unreadable", "permission denied"),
    ]  # fmt: skip
    assert [(f["path"], f["rule"], f["line"], f["column"]) for f in data["findings"]] == [
        ("pod.yaml", "unparseable-yaml", 1, 1)
    ]
    assert result.exit_code == 1
    assert result.stderr.endswith("not checked: 1 document: 1 permission denied (-v lists them)\n")
    assert run("lint", "--select", WARNING).exit_code == 0
    assert run("lint", "--select", WARNING, "--strict").exit_code == 1
    assert run("annotate", "pod.yaml", "clean.yaml", "-o", "json").exit_code == 1
    assert run("explain", "pod.yaml:1").stderr == "pod.yaml: permission denied\n"


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(folder: Path) -> None:
    (folder / "pod.yaml").chmod(0)
    (outcome,) = [o for o in json.loads(run("lint", "-f", "json").stdout)["outcomes"] if o["status"] == "unreadable"]
    assert (outcome["path"], outcome["reason"]) == ("pod.yaml", "permission denied")


def test_a_file_that_is_named_is_read_whatever_it_is_called(folder: Path) -> None:
    (folder / "notes.txt").write_text(POD)
    assert ids(run("lint", "notes.txt", "--format", "json", "--select", WARNING)) == {WARNING}


def test_standard_input_has_the_name_it_is_given(folder: Path) -> None:
    for name, shown in ((None, "<stdin>"), ("deploy/web.yaml", "deploy/web.yaml")):
        arguments = [] if name is None else ["--stdin-filename", name]
        result = run("lint", "-", "--format", "json", "--select", WARNING, *arguments, stdin=POD)
        data = json.loads(result.stdout)
        assert {f["path"] for f in data["findings"]} == {o["path"] for o in data["outcomes"]} == {shown}


def test_standard_input_beside_files(folder: Path) -> None:
    data = json.loads(run("lint", "pod.yaml", "-", "--format", "json", stdin=CLEAN).stdout)
    assert {o["path"] for o in data["outcomes"]} == {"<stdin>", "pod.yaml"}


@pytest.mark.parametrize("data", [b"\xff\xfe\x41", b"a: \xc3(\n", "a: é".encode("latin-1")])
def test_what_is_not_utf8_is_a_finding(folder: Path, data: bytes) -> None:
    result = run("lint", "-", "--format", "json", stdin=data)
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["rule"] == "unparseable-yaml"
    assert "UTF-8" in finding["message"]


def test_a_byte_order_mark_is_no_column(folder: Path) -> None:
    result = run(
        "lint",
        "-",
        "--format",
        "json",
        "--select",
        "wrong-type",
        stdin=f"\ufeff{POD}".replace("{name: p}", "{name: 1}").encode(),
    )
    assert [(f["line"], f["column"]) for f in json.loads(result.stdout)["findings"]] == [(3, 18)]


# What goes where


def test_standard_output_holds_only_the_document(folder: Path) -> None:
    for name in formats():
        result = run("lint", "pod.yaml", "--format", name, "--select", WARNING)
        assert result.stderr == "1 warning in 1 object of 1 file (Kubernetes 1.37)\n"
        quiet = run("lint", "pod.yaml", "--format", name, "--select", WARNING, "--quiet")
        assert (quiet.stdout, quiet.stderr) == (result.stdout, "")
    told = run("lint", "pod.yaml", "-f", "concise", "--select", WARNING).stdout
    assert told == 'pod.yaml:6:22: warning[latest-image-tag] image "nginx:latest" of container "c" has the tag latest\n'
    assert json.loads(run("lint", "pod.yaml", "-f", "json").stdout)["summary"]["kubernetesVersion"] == "1.37"
    assert json.loads(run("lint", "pod.yaml", "-f", "sarif").stdout)["version"] == "2.1.0"


@pytest.mark.parametrize("name", ["text", "concise", "github"])
def test_a_clean_run_writes_nothing_to_standard_output(folder: Path, name: str) -> None:
    result = run("lint", "clean.yaml", "--format", name)
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == "nothing found in 1 object of 1 file (Kubernetes 1.37)\n"


def test_quiet_and_verbose(folder: Path) -> None:
    (folder / "other.yaml").write_text("a: 1\n")
    assert run("lint", "clean.yaml", "-q").stderr == ""
    assert "other" not in run("lint", "clean.yaml", "other.yaml").stderr
    told = run("lint", "clean.yaml", "other.yaml", "-v").stderr
    assert "no manifests: 1 document: 1 no apiVersion and no kind, so not a Kubernetes object\n" in told
    strict = run("lint", "clean.yaml", "other.yaml", "--strict")
    words = "not checked: 1 document: 1 no apiVersion and no kind, so not a Kubernetes object (-v lists them)\n"
    assert (strict.exit_code, words in strict.stderr) == (1, True)
    told = run("lint", "clean.yaml", "other.yaml", "-v", "--strict").stderr
    assert "  other.yaml, document 1: skipped: no apiVersion and no kind, so not a Kubernetes object\n" in told


def test_nothing_to_read_is_said(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("lint", "empty")
    assert result.exit_code == 0
    assert (
        "no manifests found: the paths hold no .yaml, .yml or .json file that is not excluded or ignored by git\n"
        in result.stderr
    )
    (folder / "empty" / "x.yaml").write_text("# nothing\n")
    words = "no Kubernetes object found: the input is empty; --fail-on-empty makes that a failure\n"
    assert run("lint", "empty").stderr == f"nothing found in 0 objects of 1 file (Kubernetes 1.37)\n{words}"
    (folder / "empty" / "y.yaml").write_text("a: 1\n")
    assert "no Kubernetes object found: see why with -v; " in run("lint", "empty").stderr


@pytest.mark.parametrize("text", ["", "# only words\n", "---\n---\n", "a: 1\n"])
def test_fail_on_empty_counts_objects(folder: Path, text: str) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "x.yaml").write_text(text)
    assert [run("lint", "empty", *more).exit_code for more in ((), ("--fail-on-empty",))] == [0, 1]
    assert run("lint", "-", "--fail-on-empty", input=text).exit_code == 1
    assert run("lint", "empty", "clean.yaml", "--fail-on-empty").exit_code == 0


@POSIX
def test_hostile_names_are_harmless_on_standard_error(folder: Path) -> None:
    (folder / "a\x1b[31m.yaml").write_text("a: 1\n")
    result = run("lint", ".", "-v", "--strict")
    assert "\x1b" not in result.stderr
    assert "a\\x1b[31m.yaml" in result.stderr


# Colour


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ([], {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ([], {"TERM": "dumb", "FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "always"], {"TERM": "dumb"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
    ],
)
@pytest.mark.parametrize("command", [["lint", "pod.yaml"], ["annotate", "pod.yaml"], ["explain", "pod"]])
def test_colour(
    folder: Path, command: list[str], arguments: list[str], environment: dict[str, str], colored: bool
) -> None:
    assert ("\x1b[" in run(*command, *arguments, **environment).stdout) == colored


@pytest.mark.parametrize("command", [["lint", "pod.yaml", "-f", "json"], ["lint", "pod.yaml", "-f", "sarif"], ["annotate", "pod.yaml", "-f", "json"],
                                     ["annotate", "pod.yaml", "-f", "comments"], ["explain", "pod", "-f", "json"]])  # fmt: skip
def test_no_colour_in_documents_for_tools(folder: Path, command: list[str]) -> None:
    assert "\x1b" not in run(*command, "--color", "always").stdout


def test_the_width_of_the_terminal(folder: Path) -> None:
    for columns in ("60", "140"):
        lines = run("annotate", "pod.yaml", COLUMNS=columns).stdout.split("\n")
        assert max(map(len, lines)) <= int(columns)
        assert max(map(len, lines)) > int(columns) - 30


@pytest.mark.parametrize(
    ("columns", "width"), [("61", 61), ("0", 100), ("-5", 100), ("", 100), ("wide", 100), ("8.5", 100)]
)
def test_the_width_is_that_of_the_environment_or_100(folder: Path, columns: str, width: int) -> None:
    shown = run("explain", "missing-liveness-probe", COLUMNS=columns).stdout
    words = {len(line) for line in shown.split("\n") if " " in line.removeprefix("more:").strip()}
    assert width - 9 < max(words) <= width


@POSIX
@pytest.mark.parametrize("width", [60, 90])
def test_the_width_of_a_terminal(folder: Path, width: int) -> None:
    import termios

    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "kexplain", "explain", "--color", "never", "liveness probe"]
    subprocess.run(command, cwd=folder, stdout=theirs, check=True, timeout=60, env={**kept, "TERM": "xterm"})
    shown = os.read(ours, 65536).decode().replace("\r\n", "\n")
    os.close(theirs)
    os.close(ours)
    assert width - 9 < max(len(line) for line in shown.split("\n\n")[1].split("\n")) <= width


# annotate


def test_annotate_reads_standard_input(folder: Path) -> None:
    (file,) = json.loads(run("annotate", "-", "--format", "json", stdin=POD).stdout)
    assert (file["path"], file["objects"][0]["name"]) == ("<stdin>", "p")


def test_annotate_says_what_it_could_not_explain(folder: Path) -> None:
    result = run("annotate", "-", stdin=f"{POD}---\na: 1\n---\n{BROKEN}")
    assert result.exit_code == 0
    assert (
        "<stdin>: document 2: not annotated: no apiVersion and no kind, so not a Kubernetes object\n" in result.stderr
    )
    assert "<stdin>: document 3: not annotated: expected a value here" in result.stderr


def test_annotate_write_and_remove(folder: Path) -> None:
    path = folder / "pod.yaml"
    result = run("annotate", "--write", "pod.yaml", "clean.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "pod.yaml: written\nclean.yaml: written\n")
    after = path.read_text()
    assert "#kx: " in after
    assert run("annotate", "--write", "pod.yaml").stderr == "pod.yaml: unchanged\n"
    assert path.read_text() == after
    assert run("lint", "pod.yaml", "--select", WARNING).exit_code == 1
    assert run("annotate", "--remove", "pod.yaml").stderr == "pod.yaml: written\n"
    assert path.read_text() == POD
    assert run("annotate", "--remove", "pod.yaml").stderr == "pod.yaml: unchanged\n"


@pytest.mark.parametrize(
    "data",
    [POD.encode(), POD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + POD.encode(), POD.rstrip().encode(), f"# mine\n\n{POD}---\n{CLEAN}".encode(),
     POD.replace("{name: p}", "{name: '漢字'}").replace("\n", "\r\n").encode()],
    ids=["lf", "crlf", "bom", "no last line break", "two documents", "wide crlf"],
)  # fmt: skip
def test_annotate_changes_no_byte_that_is_not_its_own(folder: Path, data: bytes) -> None:
    path = folder / "x.yaml"
    path.write_bytes(data)
    assert run("annotate", "--write", "x.yaml").exit_code == 0
    after = path.read_bytes()
    lines = re.sub(rb"(?<=\S)  #kx: [^\r\n]*", b"", after).splitlines(keepends=True)
    assert b"".join(line for line in lines if not line.lstrip().removeprefix(b"\xef\xbb\xbf").startswith(b"#kx: ")) in (
        data,
        data.removeprefix(b"\xef\xbb\xbf"),
    )
    assert len(lines) > data.count(b"\n") + 3
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    assert after.startswith(b"\xef\xbb\xbf") == data.startswith(b"\xef\xbb\xbf")
    assert run("annotate", "--remove", "x.yaml").exit_code == 0
    assert path.read_bytes() == data


@pytest.mark.parametrize("flag", ["--write", "--remove"])
@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
@pytest.mark.parametrize("data", [b'{"apiVersion": "v1", "kind": "Pod"}', b'\xef\xbb\xbf\n  {"kind": "Pod"}\n'])
def test_annotate_refuses_json(folder: Path, flag: str, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    result = run("annotate", flag, name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{name}: JSON has no comments; use --format markdown or terminal\n"
    assert (folder / name).read_bytes() == data


@POSIX
@pytest.mark.parametrize("flag", ["--write", "--remove"])
def test_annotate_writes_no_standard_input(folder: Path, flag: str) -> None:
    (folder / "<stdin>").write_text(POD)
    result = run("annotate", flag, "-", stdin=POD)
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: --write and --remove need files, not standard input\n")
    assert (folder / "<stdin>").read_text() == POD


def test_annotate_reads_folders_and_each_file_once(folder: Path) -> None:
    shown = json.loads(run("annotate", ".", "pod.yaml", "./pod.yaml", "-o", "json").stdout)
    assert [file["path"] for file in shown] == ["clean.yaml", "pod.yaml"]
    assert run("annotate", "--write", ".", "pod.yaml").stderr == "clean.yaml: written\npod.yaml: written\n"


def test_annotate_for_a_version(folder: Path) -> None:
    text = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: c}\n"
    assert "to be removed in 1.25" in re.sub(
        r"[\s│]+", " ", run("annotate", "-", "--kubernetes-version", "1.24", stdin=text).stdout
    )


def test_one_bad_file_stops_no_other(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xff")
    (folder / "b.json").write_text("{}")
    shown = run("annotate", "a.yaml", "b.json", "pod.yaml", "--format", "json")
    assert shown.exit_code == 1
    assert [(file["path"], bool(file["objects"])) for file in json.loads(shown.stdout)] == [
        ("b.json", False), ("pod.yaml", True), ("a.yaml", False),
    ]  # fmt: skip
    assert "a.yaml: not UTF-8 (byte 1)" in shown.stderr
    written = run("annotate", "--write", "a.yaml", "b.json", "pod.yaml")
    assert written.exit_code == 1
    assert written.stderr == (
        "pod.yaml: written\nb.json: JSON has no comments; use --format markdown or terminal\n"
        "a.yaml: not UTF-8 (byte 1); save it as UTF-8\n"
    )
    assert "#kx: " in (folder / "pod.yaml").read_text()
    assert (folder / "b.json").read_text() == "{}"


@pytest.mark.parametrize(
    "arguments",
    [
        ["pod.yaml", "--write", "--remove"],
        ["pod.yaml", "--write", "--render"],
        ["-", "--write"],
        ["pod.yaml", "--format", "nosuch"],
        ["pod.yaml", "--nosuch"],
    ],
)
def test_misuse_of_annotate(folder: Path, arguments: list[str]) -> None:
    result = run("annotate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: kexplain annotate")


def test_a_missing_path_is_misuse_and_named(folder: Path) -> None:
    for command in ("lint", "annotate"):
        result = run(command, "pod.yaml", "no/such.yaml")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no such file or folder: no/such.yaml" in result.stderr


# explain, rules, terms, completion


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("po", "Pod (kind)"),
        ("deployment.spec.strategy", "deployment strategy (field)"),
        ("latest-image-tag", "(rule)"),
        ("pod.yaml:2", "Pod (place)"),
    ],
)
def test_explain(folder: Path, name: str, words: str) -> None:
    result = run("explain", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert words in result.stdout


def test_explain_json(folder: Path) -> None:
    data = json.loads(run("explain", "deployment.spec.strategy", "--format", "json").stdout)
    assert list(data) == ["name", "kind", "title", "text", "at", "related", "rules", "source", "id", "facts", "fields",
                          "places", "others"]  # fmt: skip
    assert data["fields"][0]["name"] == "rollingUpdate"


def test_explain_prints_objects_that_pass(folder: Path) -> None:
    for choice in ("--skeleton", "--example"):
        made = run("explain", "deployment", choice).stdout
        (folder / "made.yaml").write_text(made)
        assert run("lint", "made.yaml", "--no-config").exit_code == 0
    assert run("explain", "nosuch", "--skeleton").exit_code == 1


def test_explain_answers_a_question_of_several_words() -> None:
    assert run("explain", "why", "is", "my", "pod", "pending").stdout.startswith("Pending (term)")


def test_terms_and_rules_are_narrowed() -> None:
    security = json.loads(run("terms", "--domain", "security", "-o", "json").stdout)
    assert {term["domain"] for term in security} == {"security"}
    assert run("terms", "throttling").stdout.splitlines()[1].startswith("cpu-throttling")
    assert run("terms", "--domain", "nosuch").exit_code == 2
    listed = run("rules", "--select", "rbac-*").stdout.splitlines()[1:]
    assert listed
    assert all(line.startswith("rbac-") for line in listed)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kexplain explain late", "latest-image-tag"),
        ("kexplain explain deployment.spec.repl", "deployment.spec.replicas"),
        ("kexplain lint --select mis", "missing-liveness-probe"),
        ("kexplain lint --select no-containers,mis", "no-containers,missing-liveness-probe"),
        ("kexplain lint -o sa", "sarif"),
        ("kexplain terms --domain se", "security"),
    ],
)
def test_a_shell_completes(typed: str, offered: str) -> None:
    from click.shell_completion import BashComplete

    from kexplain.cli.main import cli

    *words, begun = typed.split()[1:]
    found = BashComplete(cli, {}, "kexplain", "_KEXPLAIN_COMPLETE").get_completions(words, begun)
    assert offered in [item.value for item in found]


def test_explain_an_unknown_name(folder: Path) -> None:
    result = run("explain", "deploymnt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(
        "'deploymnt' is neither a term, a kind, a field path, a label nor a rule; did you mean 'deployment'"
    )
    assert run("explain", "zzzzzzzzzzz").stderr.count("did you mean") == 0
    assert run("explain", "nosuch.yaml:3").stderr == "nosuch.yaml: no such file or directory\n"
    assert run("explain", "pod.yaml:9").stderr == "pod.yaml:9: the file has 6 lines\n"
    (folder / "n.yaml").write_bytes(b"\xff")
    assert run("explain", "n.yaml:1").stderr == "n.yaml: not UTF-8 (byte 1); save it as UTF-8\n"
    assert run("explain", "x\x1b[31m").stderr.startswith("'x\\x1b[31m' is neither")
    assert {run("explain", name).exit_code for name in ("nosuch.yaml:3", "pod.yaml:9", "n.yaml:1", "")} == {1}
    assert run("explain").exit_code == 2
    assert run("explain", "pod", "--kubernetes-version", "0").exit_code == 2


def test_rules_json() -> None:
    result = run("rules", "--format", "json")
    data = json.loads(result.stdout)
    assert [record["id"] for record in data] == list(rules())
    keys = [
        "id",
        "title",
        "severity",
        "category",
        "at",
        "terms",
        "profiles",
        "equivalents",
        "fixable",
        "preview",
        "since",
        "source",
        "parameters",
    ]
    assert {tuple(record) for record in data} == {tuple(keys)}
    kinds = {tuple(type(record[key]) for key in keys) for record in data}
    assert kinds == {(str, str, str, str, list, list, list, list, bool, bool, str, str, dict)}
    assert {record["severity"] for record in data} == {"info", "warning", "error"}


@pytest.mark.parametrize("name", ["--output-format", "--format", "-f", "-o"])
@pytest.mark.parametrize("command", ["rules", "terms"])
def test_the_format_of_a_catalogue(command: str, name: str) -> None:
    assert json.loads(run(command, name, "json").stdout) == json.loads(run(command, "-o", "json").stdout)
    assert run(command, name, "table").stdout == run(command).stdout
    assert run(command, name, "sarif").exit_code == 2


def test_people_who_come_from_another_tool_find_their_check() -> None:
    for record in json.loads(run("rules", "--format", "json").stdout):
        for name in record["equivalents"]:
            assert re.fullmatch(r"[a-z0-9-]+:\S+", name)
            if name.startswith("pss:"):
                assert re.fullmatch(r"pss:(baseline|restricted)/\w+", name)
                assert name.removeprefix("pss:").split("/")[0] in {"baseline", "restricted"}


@pytest.mark.skipif(
    not (SHARED / "rules" / "union.tsv").is_file(), reason="no rules/union.tsv in KEXPLAIN_SHARED or ../shared"
)
def test_equivalents_are_written_as_in_the_union_of_all_tools() -> None:
    with (SHARED / "rules" / "union.tsv").open(encoding="utf-8", newline="") as file:
        peers = {
            name.strip()
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for name in row["peers"].split(",")
        }
    assert len(peers) > 500
    named = [
        (record["id"], name)
        for record in json.loads(run("rules", "-o", "json").stdout)
        for name in record["equivalents"]
    ]
    assert [(rule, name) for rule, name in named if name not in peers and not name.startswith("pss:")] == []
    assert sum(name in peers for _, name in named) > 100


def test_terms_json() -> None:
    data = json.loads(run("terms", "-o", "json").stdout)
    assert [record["id"] for record in data] == list(terms())
    keys = ["id", "title", "aka", "domain", "at", "definition", "broader", "related", "source"]
    assert {tuple(record) for record in data} == {tuple(keys)}
    assert {type(record["broader"]) for record in data} <= {str, type(None)}
    assert all(record["definition"] and record["source"] for record in data)


@pytest.mark.parametrize("command", ["rules", "terms"])
def test_catalogues_are_tables(command: str) -> None:
    result = run(command)
    lines = result.stdout.rstrip("\n").split("\n")
    wanted = rules() if command == "rules" else terms()
    assert [line.split()[0] for line in lines[1:]] == list(wanted)
    assert result.stderr == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    result = run("completion", shell)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"_KEXPLAIN_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["powershell"], ["bash", "zsh"]])
def test_completion_for_other_shells_is_misuse(arguments: list[str]) -> None:
    assert run("completion", *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kexplain an", ["annotate"]),
        ("kexplain lint --profile pss-", ["pss-baseline", "pss-restricted"]),
        ("kexplain lint --stri", ["--strict"]),
    ],
)
def test_completion_completes(folder: Path, words: str, expected: list[str]) -> None:
    environment = {"_KEXPLAIN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    result = process(cwd=folder, **environment)
    assert result.returncode == 0
    assert [line.split(",")[1] for line in result.stdout.decode().splitlines()] == expected


def test_version_and_help() -> None:
    for name in ("-V", "--version"):
        assert run(name).stdout == f"kexplain {__version__}\n"
    shown = run("-h").stdout
    assert all(command in shown for command in ("lint", "annotate", "explain", "rules", "terms", "completion"))
    assert "helm template ./chart | kexplain lint -" in shown
    for command in ("lint", "annotate", "explain", "rules", "terms", "completion"):
        assert run(command, "-h").exit_code == 0


# The process


def test_a_run_as_a_process(folder: Path) -> None:
    result = process(
        "lint",
        "-",
        "--stdin-filename",
        "web.yaml",
        "-f",
        "concise",
        "--select",
        WARNING,
        cwd=folder,
        stdin=POD.encode(),
    )
    assert result.returncode == 1
    assert result.stdout.startswith(b"web.yaml:6:")
    assert b"1 warning in 1 object of 1 file" in result.stderr
    assert process("lint", "clean.yaml", cwd=folder).returncode == 0
    assert process("lint", "nosuch.yaml", cwd=folder).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_of_a_process(folder: Path, arguments: list[str], environment: dict[str, str], colored: bool) -> None:
    result = process("lint", "pod.yaml", "--select", WARNING, *arguments, cwd=folder, TERM="xterm", **environment)
    assert (b"\x1b[33m" in result.stdout) == colored
    assert b"\x1b" not in result.stderr


@POSIX
@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [([], {}, True), ([], {"NO_COLOR": "1"}, False), ([], {"TERM": "dumb"}, False), (["--color", "never"], {}, False)],
)
def test_colour_on_a_terminal(folder: Path, arguments: list[str], environment: dict[str, str], colored: bool) -> None:
    ours, theirs = os.openpty()
    kept = {
        name: value for name, value in os.environ.items() if not name.endswith("COLOR") and name != "CLICOLOR_FORCE"
    }
    command = [sys.executable, "-m", "kexplain", "lint", "pod.yaml", "--no-explain", "--select", WARNING, *arguments]
    subprocess.run(
        command,
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
        env={**kept, "TERM": "xterm", **environment},
    )
    shown = os.read(ours, 65536)
    os.close(theirs)
    os.close(ours)
    assert b"latest-image-tag" in shown
    assert (b"\x1b[" in shown) == colored


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        ["lint", "pod.yaml"],
        ["lint", "pod.yaml", "-f", "json"],
        ["annotate", "pod.yaml"],
        ["explain", "pod"],
        ["rules"],
        ["terms", "-o", "json"],
    ],
)
def test_a_closed_pipe_is_quiet(folder: Path, command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(
            [sys.executable, "-m", "kexplain", *command], cwd=folder, stdout=write, stderr=told, check=False, timeout=60
        )
        os.close(write)
        told.seek(0)
        assert told.read() == b""
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_no_bug(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kexplain", "rules"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (2, b"kexplain: [Errno 28] No space left on device\n")


@POSIX
@pytest.mark.parametrize(
    ("closing", "code", "told"),
    [
        ("lint pod.yaml --select latest-image-tag >&-", 1, "1 warning in 1 object of 1 file (Kubernetes 1.37)\n"),
        ("explain pod >&-", 0, ""),
        ("lint pod.yaml --select latest-image-tag >&- 2>&-", 1, ""),
        (
            "lint - --select unparseable-yaml -q -f concise <&- >&2",
            1,
            "<stdin>:1:1: error[unparseable-yaml] not readable: standard input is closed\n",
        ),
    ],
)
def test_closed_streams_are_no_bug(folder: Path, closing: str, code: int, told: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m kexplain {closing}'],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr.decode()) == (code, b"", told)


@pytest.mark.skipif(sys.platform != "linux", reason="the file system takes UTF-8 only")
def test_names_that_are_not_utf8(folder: Path) -> None:
    name = os.fsdecode(b"\xff.yaml")
    Path(name).write_text(POD)
    for arguments in ([name], ["."]):
        found = json.loads(run("lint", *arguments, "-f", "json", "--select", WARNING).stdout)["findings"]
        assert "\udcff.yaml" in [finding["path"] for finding in found]
    result = process("lint", ".", "-f", "concise", "--select", WARNING, cwd=folder)
    assert (result.returncode, result.stdout.splitlines()[1].split(b":")[0]) == (1, b"\\udcff.yaml")
    missing = process("lint", os.fsdecode(b"\xfe\x1b[31m.yaml"), cwd=folder)
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert missing.stderr.splitlines()[-1] == b"kexplain: no such file or folder: \\udcfe\\x1b[31m.yaml"


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    (folder / "u.yaml").write_text(POD.replace("name: p", "name: '漢字'"), encoding="utf-8")
    result = process("annotate", "u.yaml", "--format", "markdown", cwd=folder, PYTHONIOENCODING="utf-8")
    assert "漢字" in result.stdout.decode()


def test_a_bug_asks_for_a_report(folder: Path) -> None:
    code = (
        "import sys; from kexplain.catalogue import rule; from kexplain.cli import main as cli\n"
        "def check(visit, context, tags): raise ZeroDivisionError('by hand')\n"
        f"rule.rules()['{WARNING}'].__dict__['check'] = check\n"
        "sys.argv = ['kexplain', 'lint', 'pod.yaml']; cli.main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False, timeout=60)
    lines = result.stderr.decode().splitlines()
    assert (result.returncode, result.stdout) == (2, b"")
    assert lines[0] == (
        f"kexplain: this is a bug in kexplain, not in your manifests: rule {WARNING} failed at pod.yaml:6 "
        "(spec.containers[0]): ZeroDivisionError('by hand')"
    )
    assert re.fullmatch(rf"  at linter\.py:\d+ \(RuleError\), kexplain {re.escape(__version__)}", lines[1])
    assert lines[2] == "  please report it with the manifest that shows it; --ignore RULE leaves out a rule that fails"
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        ("ValueError('odd')", ["kexplain: this is a bug in kexplain, not in your manifests", "  at "]),
        ("data.DataMissingError('install the package')", ["kexplain: install the package"]),
        ("article.ArticleError('rules/x.md: mend it')", ["kexplain: rules/x.md: mend it"]),
        ("OSError(5, 'I/O error')", ["kexplain: [Errno 5] I/O error"]),
    ],
)
def test_whose_fault_an_error_is(folder: Path, error: str, lines: list[str]) -> None:
    code = (
        "import sys; from kexplain.catalogue import article; from kexplain.output import listing; "
        "from kexplain.cli import main as cli; from kexplain.api import packed as data\n"
        f"def fail(known): raise {error}\n"
        "listing.rules_table = fail\nsys.argv = ['kexplain', 'rules']; cli.main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False, timeout=60)
    told = result.stderr.decode().splitlines()
    assert (result.returncode, result.stdout) == (2, b"")
    assert told[0] == lines[0]
    assert len(told) == (3 if len(lines) > 1 else 1)
    assert ("please report it" in told[-1]) == (len(lines) > 1)


def test_a_failing_check_stops_no_run_that_leaves_it_out(folder: Path) -> None:
    code = (
        "import sys; from kexplain.catalogue import rule; from kexplain.cli import main as cli\n"
        f"rule.rules()['{WARNING}'].__dict__['check'] = lambda visit, context: 1 / 0\n"
        f"sys.argv = ['kexplain', 'lint', 'pod.yaml', '-q', '--select', 'images', '--ignore', '{WARNING}']; cli.main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (0, b"")


def test_crash_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError) as thrown:
        {}["x\x1b[31m"]
    with pytest.raises(SystemExit) as caught:
        cli.crash(thrown.value)
    assert caught.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "please report it" in told.err
    assert "\x1b" not in told.err


@pytest.mark.skipif(os.name != "posix", reason="pipes close otherwise elsewhere")
def test_a_reader_that_goes_away_is_no_bug(folder: Path) -> None:
    (folder / "many.yaml").write_text("---\n".join([POD] * 400))
    command = f"{sys.executable} -m kexplain lint many.yaml --format json | head -c 10"
    result = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}} >&2"],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert len(result.stdout) == 10
    assert b"Traceback" not in result.stderr
    assert b"bug" not in result.stderr
    assert result.stderr.strip().split(b"\n")[-1] == b"1"


def test_the_statuses_of_the_json_are_those_of_the_engine(folder: Path) -> None:
    summary = json.loads(run("lint", "pod.yaml", "-f", "json").stdout)["summary"]
    assert list(summary["documents"]) == [status.value for status in Status]


def test_a_misspelt_domain_is_told_with_the_nearest() -> None:
    words = run("terms", "--domain", "securty").stderr
    assert "no domain is called 'securty'; did you mean 'security'?; there are " in words
