"""The command line: every flag, exit codes, what goes where, colour, and what happens when something breaks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kexplain import __version__, cli
from kexplain.finding import Status
from kexplain.layout import names as layouts
from kexplain.rule import PROFILES, rules
from kexplain.term import terms

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - {name: c, image: nginx:latest}\n"
BROKEN = "a: [\n"
CLEAN = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
INFO, WARNING, ERROR = "missing-pod-anti-affinity", "latest-image-tag", "unknown-field"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "pod.yaml").write_text(POD)
    (tmp_path / "clean.yaml").write_text(CLEAN)
    return tmp_path


def run(*arguments: str, stdin: bytes | str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(cli.cli, arguments, input=stdin, env=environment, prog_name="kexplain")


def process(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("COLOR") and name != "CLICOLOR_FORCE"}
    command = [sys.executable, "-m", "kexplain", *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env={**kept, **environment}, timeout=60)


def ids(result: Result) -> set[str]:
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}


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
        (["pod.yaml", "--nosuch"], 2),
        (["--help"], 0),
    ],
)
def test_exit_codes_of_lint(folder: Path, arguments: list[str], code: int) -> None:
    assert run("lint", *arguments).exit_code == code


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
    assert set(cli.LAYOUTS) == set(layouts())
    assert set(cli.PROFILES) == set(PROFILES)
    for name in cli.FORMATS:
        result = run("lint", "pod.yaml", "--format", name)
        assert result.exit_code == 1
        assert "latest" in result.stdout
    for name in cli.LAYOUTS:
        result = run("annotate", "pod.yaml", "--format", name)
        assert result.exit_code == 0
        assert "Pod" in result.stdout


def test_selection(folder: Path) -> None:
    chosen = ["lint", "pod.yaml", "--format", "json"]
    everything = ids(run(*chosen, "--profile", "pedantic"))
    usual = ids(run(*chosen))
    assert usual < everything
    assert ids(run(*chosen, "--select", f"{WARNING},missing-liveness-probe")) == {WARNING, "missing-liveness-probe"}
    assert ids(run(*chosen, "--select", WARNING, "--select", " missing-liveness-probe ")) == {WARNING, "missing-liveness-probe"}
    assert ids(run(*chosen, "--ignore", f"{WARNING},missing-*")) == {name for name in usual if name != WARNING and not name.startswith("missing-")}
    extra = sorted(everything - usual)[0]
    assert ids(run(*chosen, "--extend-select", extra)) == usual | {extra}
    assert ids(run(*chosen, "--profile", "pss-baseline")) == set()
    assert ids(run(*chosen, "--profile", "pss-restricted")) >= {"capabilities-not-dropped"}


def test_severity(folder: Path) -> None:
    found = json.loads(run("lint", "pod.yaml", "--format", "json", "--profile", "pedantic", "--min-severity", "warning").stdout)["findings"]
    assert found
    assert {finding["severity"] for finding in found} <= {"warning", "error"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("latest-image-tags", "did you mean 'latest-image-tag'?"), ("securty", "did you mean 'security'?"), ("zzzzzz", "no rule or category")],
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
    for version, expected in (("1.24", "deprecated-api-version"), ("v1.25", "removed-api-version"), ("1.37.2", "removed-api-version")):
        found = run("lint", "-", "--format", "json", "--kubernetes-version", version, "--select", "api-lifecycle", stdin=text)
        assert ids(found) == {expected}
    assert "Kubernetes 1.24 is not bundled; its types are taken from 1.25" in run("lint", "clean.yaml", "--kubernetes-version", "1.24").stderr
    assert "'x' is not a Kubernetes version; write 1.37" in run("lint", "--kubernetes-version", "x").stderr


def test_complete(folder: Path) -> None:
    text = POD.replace("spec:\n", "spec:\n  serviceAccountName: nosuch\n")
    chosen = ["lint", "-", "--format", "json", "--select", "non-existent-service-account"]
    assert ids(run(*chosen, stdin=text)) == set()
    assert ids(run(*chosen, "--incomplete", stdin=text)) == set()
    assert ids(run(*chosen, "--complete", stdin=text)) == {"non-existent-service-account"}


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


def test_a_file_is_read_once(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "pod.yaml")
    result = run("lint", "pod.yaml", "pod.yaml", ".", "./pod.yaml", "link.yaml", "--format", "json", "--select", WARNING)
    assert [(f["path"], f["line"]) for f in json.loads(result.stdout)["findings"]] == [("pod.yaml", 6)]


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


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: \xc3(\n", "a: é".encode("latin-1")])
def test_what_is_not_utf8_is_a_finding(folder: Path, data: bytes) -> None:
    result = run("lint", "-", "--format", "json", stdin=data)
    assert result.exit_code == 1
    (finding,) = json.loads(result.stdout)["findings"]
    assert finding["rule"] == "unparseable-yaml"
    assert "UTF-8" in finding["message"]


def test_a_byte_order_mark_is_no_column(folder: Path) -> None:
    result = run("lint", "-", "--format", "json", "--select", "wrong-type", stdin=f"\ufeff{POD}".replace("{name: p}", "{name: 1}").encode())
    assert [(f["line"], f["column"]) for f in json.loads(result.stdout)["findings"]] == [(3, 18)]


# What goes where


def test_standard_output_holds_only_the_document(folder: Path) -> None:
    for name in cli.FORMATS:
        result = run("lint", "pod.yaml", "--format", name)
        assert "(Kubernetes 1.37)" in result.stderr
        assert "(Kubernetes 1.37)" not in result.stdout
        assert run("lint", "pod.yaml", "--format", name, "--quiet").stdout == result.stdout
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
    usual = run("lint", "clean.yaml", "other.yaml").stderr
    assert "not checked: 1 document: 1 no apiVersion and no kind, so not a Kubernetes object (-v lists them)\n" in usual
    told = run("lint", "clean.yaml", "other.yaml", "-v").stderr
    assert "  other.yaml, document 1: skipped: no apiVersion and no kind, so not a Kubernetes object\n" in told


def test_nothing_to_read_is_said(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("lint", "empty")
    assert result.exit_code == 0
    assert "no manifests found: no .yaml, .yml or .json file in the given paths\n" in result.stderr
    (folder / "empty" / "x.yaml").write_text("# nothing\n")
    assert run("lint", "empty").stderr == "nothing found in 0 objects of 1 file (Kubernetes 1.37)\n"


def test_hostile_names_are_harmless_on_standard_error(folder: Path) -> None:
    (folder / "a\x1b[31m.yaml").write_text("a: 1\n")
    result = run("lint", ".", "-v")
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
def test_colour(folder: Path, command: list[str], arguments: list[str], environment: dict[str, str], colored: bool) -> None:
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


# annotate


def test_annotate_reads_standard_input(folder: Path) -> None:
    (file,) = json.loads(run("annotate", "-", "--format", "json", stdin=POD).stdout)
    assert (file["path"], file["objects"][0]["name"]) == ("<stdin>", "p")


def test_annotate_says_what_it_could_not_explain(folder: Path) -> None:
    result = run("annotate", "-", stdin=f"{POD}---\na: 1\n---\n{BROKEN}")
    assert result.exit_code == 0
    assert "<stdin>: document 2: not annotated: no apiVersion and no kind, so not a Kubernetes object\n" in result.stderr
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


def test_annotate_for_a_version(folder: Path) -> None:
    text = "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: c}\n"
    assert "to be removed in 1.25" in re.sub(r"[\s│]+", " ", run("annotate", "-", "--kubernetes-version", "1.24", stdin=text).stdout)


def test_one_bad_file_stops_no_other(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xff")
    (folder / "b.json").write_text("{}")
    shown = run("annotate", "a.yaml", "pod.yaml", "--format", "json")
    assert shown.exit_code == 1
    assert [file["path"] for file in json.loads(shown.stdout)] == ["pod.yaml"]
    assert "a.yaml: not UTF-8 (byte 1)" in shown.stderr
    written = run("annotate", "--write", "a.yaml", "b.json", "pod.yaml")
    assert written.exit_code == 1
    assert written.stderr == (
        "pod.yaml: written\na.yaml: not UTF-8 (byte 1); save it as UTF-8\n"
        "b.json: JSON has no comments; use --format markdown or terminal\n"
    )
    assert "#kx: " in (folder / "pod.yaml").read_text()
    assert (folder / "b.json").read_text() == "{}"


@pytest.mark.parametrize(
    "arguments", [[], ["nosuch.yaml"], ["pod.yaml", "--write", "--remove"], ["pod.yaml", "--format", "nosuch"], ["pod.yaml", "--nosuch"]]
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
    [("po", "Pod (kind)"), ("deployment.spec.strategy", "deployment strategy (field)"), ("latest-image-tag", "(rule)"), ("pod.yaml:2", "Pod (place)")],
)
def test_explain(folder: Path, name: str, words: str) -> None:
    result = run("explain", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert words in result.stdout


def test_explain_json(folder: Path) -> None:
    data = json.loads(run("explain", "deployment.spec.strategy", "--format", "json").stdout)
    assert list(data) == ["name", "kind", "title", "text", "at", "related", "rules", "source"]


def test_explain_an_unknown_name(folder: Path) -> None:
    result = run("explain", "deploymnt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("'deploymnt' is neither a term, a kind, a field path, a label nor a rule; did you mean 'deployment'")
    assert run("explain", "zzzzzzzzzzz").stderr.count("did you mean") == 0
    assert run("explain").exit_code == 2
    assert run("explain", "pod", "--kubernetes-version", "0").exit_code == 2


def test_rules_json() -> None:
    result = run("rules", "--format", "json")
    data = json.loads(result.stdout)
    assert [record["id"] for record in data] == list(rules())
    keys = ["id", "title", "severity", "category", "at", "terms", "profiles", "equivalents", "fixable", "preview", "since", "source"]
    assert {tuple(record) for record in data} == {tuple(keys)}
    kinds = {tuple(type(record[key]) for key in keys) for record in data}
    assert kinds == {(str, str, str, str, list, list, list, list, bool, bool, str, str)}
    assert {record["severity"] for record in data} == {"info", "warning", "error"}


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
    assert result.exit_code == 0
    assert "_KEXPLAIN_COMPLETE" in result.stdout


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
    result = process("lint", "-", "--stdin-filename", "web.yaml", "-f", "concise", "--select", WARNING, cwd=folder, stdin=POD.encode())
    assert result.returncode == 1
    assert result.stdout.startswith(b"web.yaml:6:")
    assert b"1 warning in 1 object of 1 file" in result.stderr
    assert process("lint", "clean.yaml", cwd=folder).returncode == 0
    assert process("lint", "nosuch.yaml", cwd=folder).returncode == 2


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    (folder / "u.yaml").write_text(POD.replace("name: p", "name: '漢字'"), encoding="utf-8")
    result = process("annotate", "u.yaml", "--format", "markdown", cwd=folder, PYTHONIOENCODING="utf-8")
    assert "漢字" in result.stdout.decode()


def test_a_bug_asks_for_a_report(folder: Path) -> None:
    code = (
        "import sys; from kexplain import cli, rule\n"
        "def check(visit, context): raise ZeroDivisionError('by hand')\n"
        f"rule.rules()['{WARNING}'].__dict__['check'] = check\n"
        "sys.argv = ['kexplain', 'lint', 'pod.yaml']; cli.main()\n"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, timeout=60)
    lines = result.stderr.decode().splitlines()
    assert (result.returncode, result.stdout) == (2, b"")
    assert lines[0] == (
        f"kexplain: this is a bug in kexplain, not in your manifests: rule {WARNING} failed at pod.yaml:6 "
        "(spec.containers[0]): ZeroDivisionError('by hand')"
    )
    assert re.fullmatch(rf"  at lint\.py:\d+ \(RuleError\), kexplain {re.escape(__version__)}", lines[1])
    assert lines[2] == "  please report it with the manifest that shows it; --ignore RULE leaves out a rule that fails"
    assert len(lines) == 3


def test_crash_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        try:
            raise KeyError("x\x1b[31m")
        except KeyError as error:
            cli.crash(error)
    assert caught.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "please report it" in told.err
    assert "\x1b" not in told.err


@pytest.mark.skipif(os.name != "posix", reason="pipes close otherwise elsewhere")
def test_a_reader_that_goes_away_is_no_bug(folder: Path) -> None:
    (folder / "many.yaml").write_text("---\n".join([POD] * 400))
    command = f"{sys.executable} -m kexplain lint many.yaml --format json | head -c 10"
    result = subprocess.run(["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}} >&2"], cwd=folder, capture_output=True, timeout=60)
    assert len(result.stdout) == 10
    assert b"Traceback" not in result.stderr
    assert b"bug" not in result.stderr
    assert result.stderr.strip().split(b"\n")[-1] == b"1"


def test_the_statuses_of_the_json_are_those_of_the_engine(folder: Path) -> None:
    summary = json.loads(run("lint", "pod.yaml", "-f", "json").stdout)["summary"]
    assert list(summary["documents"]) == [status.value for status in Status]
