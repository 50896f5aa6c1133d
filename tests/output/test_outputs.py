"""Several reports in one run: each goes where it was sent, and standard output holds at most what has no file."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from kexplain.cli.main import cli

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: 'nginx:latest'}]}\n"


@pytest.fixture
def pod(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pod.yaml").write_text(POD)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(cli, ["lint", "pod.yaml", "--select", "latest-image-tag", *arguments])


def test_each_report_goes_where_it_was_sent(pod: Path) -> None:
    result = run("-o", "sarif:out.sarif", "--output", "junit:out.xml", "--format", "concise")
    assert result.exit_code == 1
    assert (
        result.stdout
        == 'pod.yaml:4:40: warning[latest-image-tag] image "nginx:latest" of container "web" has the tag latest\n'
    )
    sarif = json.loads((pod / "out.sarif").read_text())
    assert [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["latest-image-tag"]
    assert ET.parse(pod / "out.xml").getroot().get("failures") == "1"


def test_a_file_never_has_colour(pod: Path) -> None:
    result = run("-o", "text:out.txt", "--color", "always")
    assert result.stdout == ""
    assert "\x1b" not in (pod / "out.txt").read_text()


def test_a_path_may_hold_a_colon(pod: Path) -> None:
    run("-o", "concise:a:b.txt")
    assert (pod / "a:b.txt").read_text().startswith("pod.yaml:4:40")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("foo", "'foo' is not one of"),
        ("foo:bar", "'foo' is not one of"),
        ("json:missing/out.json", "cannot write missing/out.json"),
    ],
)
def test_misuse_is_told(pod: Path, output: str, words: str) -> None:
    result = run("-o", output)
    assert result.exit_code == 2
    assert words in result.stderr
