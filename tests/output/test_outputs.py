"""Several reports in one run: each goes where it was sent, and standard output holds at most what has no file."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import Result
from support import POD, run


@pytest.fixture
def pod(folder: Path) -> Path:
    (folder / "pod.yaml").write_text(POD)
    return folder


def lint(*arguments: str) -> Result:
    return run("lint", "pod.yaml", "--select", "latest-image-tag", *arguments)


def test_each_report_goes_where_it_was_sent(pod: Path) -> None:
    result = lint("-o", "sarif:out.sarif", "--output", "junit:out.xml", "--format", "concise")
    assert result.exit_code == 1
    assert (
        result.stdout
        == 'pod.yaml:4:40: warning[latest-image-tag] image "nginx:latest" of container "web" has the tag latest\n'
    )
    sarif = json.loads((pod / "out.sarif").read_text())
    assert [r["ruleId"] for r in sarif["runs"][0]["results"]] == ["latest-image-tag"]
    assert ET.parse(pod / "out.xml").getroot().get("failures") == "1"


def test_a_file_never_has_colour(pod: Path) -> None:
    result = lint("-o", "text:out.txt", "--color", "always")
    assert result.stdout == ""
    assert "\x1b" not in (pod / "out.txt").read_text()


def test_a_path_may_hold_a_colon(pod: Path) -> None:
    lint("-o", "concise:a:b.txt")
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
    result = lint("-o", output)
    assert result.exit_code == 2
    assert words in result.stderr
