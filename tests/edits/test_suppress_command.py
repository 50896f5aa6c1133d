"""``kexplain suppress``: which comments it writes, that nothing else in a file changes, and what it leaves."""

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from support import run

from kexplain.syntax.meaning import meaning

LATEST = "latest-image-tag"
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/web:latest
      args:
        - one
"""
TRIAL = POD.replace("web:latest", f"web:latest # kexplain: ignore[{LATEST}] a trial")


pytestmark = pytest.mark.usefixtures("folder")


def suppress(*arguments: str, rule: str = LATEST, reason: str = "a trial") -> Result:
    return run("suppress", ".", "--extend-select", rule, "--rule", rule, "--reason", reason, *arguments)


def found(*arguments: str) -> set[str]:
    result = run("lint", ".", "-o", "json", *arguments)
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}


def write(text: str, name: str = "web.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def text_of(path: Path) -> str:
    return path.read_bytes().decode()


def test_a_comment_at_the_end_of_the_line() -> None:
    path = write(POD)
    result = suppress()
    assert (result.exit_code, result.stdout, text_of(path)) == (0, "", TRIAL)
    assert result.stderr.splitlines() == [f"web.yaml:8: {LATEST}", "1 finding suppressed in 1 file"]
    assert LATEST not in found()


def test_a_second_run_has_nothing_to_do() -> None:
    path = write(POD)
    suppress()
    result = suppress()
    assert (result.exit_code, text_of(path)) == (0, TRIAL)
    assert result.stderr == "0 findings suppressed in 0 files\n"


def test_all_findings_where_no_rule_is_named() -> None:
    path = write(POD)
    assert found() != set()
    result = run("suppress", "--reason", "a trial", "web.yaml")
    assert result.exit_code == 0, result.stderr
    assert found() == set()
    assert meaning(text_of(path)) == meaning(POD)
    assert len(text_of(path).splitlines()) == len(POD.splitlines())


def test_several_rules_of_a_line_share_a_comment() -> None:
    path = write(POD)
    names = "missing-cpu-request,missing-liveness-probe"
    run("suppress", "--rule", names, "--reason", "a trial", ".")
    assert "    - name: web # kexplain: ignore[missing-cpu-request, missing-liveness-probe] a trial\n" in text_of(path)


def test_the_date_is_written() -> None:
    path = write(POD)
    day = date.today() + timedelta(days=30)
    assert suppress("--until", str(day)).exit_code == 0
    assert text_of(path) == TRIAL.replace("a trial", f"a trial (until {day})")
    assert LATEST not in found()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", " # kexplain: ignore[latest-image-tag] a trial"),
        ("  ", "  # kexplain: ignore[latest-image-tag] a trial"),
        (" # pinned soon", " # pinned soon # kexplain: ignore[latest-image-tag] a trial"),
        (" # kexplain: ignore[images-none] x", " # kexplain: ignore[images-none, latest-image-tag] x; a trial"),
        (" # kexplain: ignore[missing-cpu-request] a trial", " # kexplain: ignore[missing-cpu-request, latest-image-tag] a trial"),
        (" # kexplain: ignore[missing-cpu-request]", " # kexplain: ignore[missing-cpu-request, latest-image-tag] a trial"),
        (" # kexplain: ignore[missing-cpu-request] x # renovate: y", " # kexplain: ignore[missing-cpu-request, latest-image-tag] x; a trial # renovate: y"),
        (" # kexplain: ignore[latest-image-tag] x (until 2020-01-31)",
         " # kexplain: ignore[latest-image-tag] x (until 2020-01-31) # kexplain: ignore[latest-image-tag] a trial"),
        (" # kexplain: ignore[missing-cpu-request] x (until 2999-01-31)",
         " # kexplain: ignore[missing-cpu-request] x (until 2999-01-31) # kexplain: ignore[latest-image-tag] a trial"),
        (" # kexplain: ignore latest-image-tag", " # kexplain: ignore latest-image-tag # kexplain: ignore[latest-image-tag] a trial"),
    ],
)  # fmt: skip
def test_what_stands_at_the_end_of_the_line_already(before: str, after: str) -> None:
    path = write(POD.replace("web:latest", f"web:latest{before}"))
    result = suppress()
    assert text_of(path) == POD.replace("web:latest", f"web:latest{after}"), result.stderr
    assert LATEST not in found()


def test_a_comment_above_the_line_is_extended() -> None:
    path = write(
        POD.replace("      image", "      # kexplain: ignore[missing-cpu-request] x (until 2999-01-31)\n      image")
    )
    assert suppress("--until", "2999-01-31").exit_code == 0
    expected = (
        "      # kexplain: ignore[missing-cpu-request, latest-image-tag] x; a trial (until 2999-01-31)\n      image"
    )
    assert text_of(path) == POD.replace("      image", expected)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('      image: "registry.example/web:\\\n        latest"\n', '      # kexplain: ignore[latest-image-tag] a trial\n      image: "registry.example/web:\\\n        latest"\n'),
        ("      image: |-\n        registry.example/web:latest\n", "      image: |- # kexplain: ignore[latest-image-tag] a trial\n        registry.example/web:latest\n"),
        ("      image: >-\n        registry.example/web:latest\n", "      image: >- # kexplain: ignore[latest-image-tag] a trial\n        registry.example/web:latest\n"),
        ("      image:\n        registry.example/web:latest\n", "      image:\n        registry.example/web:latest # kexplain: ignore[latest-image-tag] a trial\n"),
    ],
)  # fmt: skip
def test_values_of_several_lines(old: str, new: str) -> None:
    line = "      image: registry.example/web:latest\n"
    path = write(POD.replace(line, old))
    result = suppress()
    assert (result.exit_code, text_of(path)) == (0, POD.replace(line, new)), result.stderr
    assert LATEST not in found()


def test_flow_style_over_several_lines() -> None:
    path = write(
        "{apiVersion: v1, kind: Pod,\n metadata: {name: a}, spec: {containers: [{name: c,\n  image: 'x:latest'}]}}\n".replace(
            "{api", "---\n{api", 1
        )
    )
    assert suppress().exit_code == 0
    assert f"  image: 'x:latest'}}]}}}} # kexplain: ignore[{LATEST}] a trial\n" in text_of(path)
    assert LATEST not in found()


@pytest.mark.parametrize("change", ["crlf", "bom", "no final newline", "bom and crlf"])
def test_every_other_byte_stays(change: str) -> None:
    def changed(text: str) -> bytes:
        text = text.replace("\n", "\r\n") if "crlf" in change else text
        text = text.rstrip("\n") if change == "no final newline" else text
        return ("\ufeff" * ("bom" in change) + text).encode()

    path = Path("web.yaml")
    path.write_bytes(changed(POD))
    assert suppress().exit_code == 0
    assert path.read_bytes() == changed(TRIAL)


def test_a_line_above_ends_as_the_lines_of_the_file_do() -> None:
    text = POD.replace(
        "image: registry.example/web:latest", 'image: "registry.example/web:\\\n        latest"'
    ).replace("\n", "\r\n")
    path = write(text)
    assert suppress().exit_code == 0
    comment = f"      # kexplain: ignore[{LATEST}] a trial\r\n"
    assert text_of(path) == text.replace("      image", f"{comment}      image")


def test_json_is_left_and_said() -> None:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "a"},
        "spec": {"containers": [{"name": "c", "image": "x:latest"}]},
    }
    path = write(json.dumps(pod), "web.json")
    write(POD)
    result = suppress()
    assert (result.exit_code, path.read_text()) == (1, json.dumps(pod))
    assert f"web.json:1: {LATEST}: not suppressed: JSON has no comments; use an annotation" in result.stderr
    assert result.stderr.endswith("1 finding suppressed in 1 file; 1 finding left\n")


def test_what_cannot_be_read_is_left_and_said() -> None:
    path = write("a: [\n")
    result = suppress(rule="unparseable-yaml")
    assert (result.exit_code, text_of(path)) == (1, "a: [\n")
    assert "unparseable-yaml: not suppressed: it stands inside a text, or in what cannot be read" in result.stderr


def test_a_suppression_is_not_suppressed() -> None:
    text = POD.replace("web:latest", "web:1.0 # kexplain: ignore latest-image-tag")
    path = write(text)
    result = suppress(rule="unused-suppression")
    assert (result.exit_code, text_of(path)) == (1, text)
    assert "unused-suppression: not suppressed: fix the suppression itself" in result.stderr


def test_a_dry_run_prints_a_difference_that_applies(folder: Path) -> None:
    path = write(POD.rstrip("\n").replace("    - name: web", "    -\r\n      name: web") + " # é")
    before = path.read_bytes()
    result = run("suppress", ".", "--reason", "a trial", "--dry-run")
    assert (result.exit_code, path.read_bytes()) == (0, before)
    assert "would be suppressed in 1 file" in result.stderr
    assert result.stdout.startswith("--- a/web.yaml\n+++ b/web.yaml\n@@ ")
    done = subprocess.run(
        ["git", "apply", "-"], input=result.stdout_bytes, cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert found() == set()
    assert path.read_bytes() != before


def test_a_dry_run_shows_no_secret() -> None:
    write(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nbogus: 1\nstringData:\n  password: hunter2\n  key: |\n    letmein\n"
    )
    result = suppress("--dry-run", rule="unknown-field")
    assert "+bogus: • # kexplain: ignore[unknown-field] a trial\n" in result.stdout
    assert "hunter2" not in result.stdout
    assert "letmein" not in result.stdout
    assert "password: •••••••" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--reason", " "], "a reason is one line of text"),
        (["--reason", "a\nb: c"], "a reason is one line of text"),
        (["--reason", "a\x1b[31m"], "a reason is one line of text"),
        (["--reason", "a # kexplain: ignore[all]"], "leave out ' # ', '# kexplain:' and '(until …)'"),
        (["--reason", "a (until 2999-01-01)"], "leave out ' # ', '# kexplain:' and '(until …)'"),
        (["--reason", "a", "--until", "May"], "'May' is not a day from today on"),
        (["--reason", "a", "--until", "2020-01-31"], "'2020-01-31' is not a day from today on"),
        ([], "Missing option '--reason'"),
        (["--reason", "a", "-"], "not into standard input"),
        (["--reason", "a", "--rule", "latest-tag"], "did you mean 'latest-image-tag'?"),
    ],
)
def test_misuse(arguments: list[str], words: str) -> None:
    path = write(POD)
    result = run("suppress", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert text_of(path) == POD


def test_the_configuration_decides_what_is_found() -> None:
    Path(".kexplain.yaml").write_text(f"select: [{LATEST}]\nrender: true\nfail-on: never\n")
    path = write(POD)
    assert run("suppress", "--reason", "a trial").exit_code == 0
    assert text_of(path) == TRIAL


def test_anchors_and_other_documents_keep_their_meaning() -> None:
    merged = POD.replace("    - name: web", "    - &web\n      name: web") + "    - <<: *web\n      name: log\n"
    path = write(f"{POD}---\n{merged}---\n{POD}")
    before = text_of(path)
    result = run("suppress", "--reason", "a trial")
    assert result.exit_code == 0, result.stderr
    assert meaning(text_of(path)) == meaning(before)
    assert found() == set()


def test_only_what_decides_which_findings_is_an_option() -> None:
    from kexplain.cli.commands.suppress import FROM_RUN, command

    own = {"rule", "reason", "until", "in_config", "dry_run"}
    assert {parameter.name for parameter in command.params} == FROM_RUN | own
    for option in ("--fail-on-empty", "--render", "--output", "--update-baseline", "--cluster"):
        assert "No such option" in run("suppress", option, "--reason", "a").stderr
