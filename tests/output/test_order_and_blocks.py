"""What reports for people show together, in which order, and what they leave out."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support import run

BARE = """\
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: one
      image: registry.example/a:latest
      resources: {limits: {cpu: 1}}
    - name: two
      image: registry.example/b:1.0.0
      securityContext: {privileged: true}
"""


@pytest.fixture
def pods(folder: Path) -> Path:
    (folder / "pod.yaml").write_text(BARE)
    return folder


def test_what_a_container_lacks_is_one_block_with_its_lines(pods: Path) -> None:
    text = run("lint", "--no-explain").stdout
    blocks = [block.splitlines() for block in text.split("\n\n")]
    lacking = [block for block in blocks if "no liveness probe" in block[0] or "no liveness probe" in block[1]]
    assert [sum(line.startswith("warning[") for line in block) for block in lacking] == [4, 5]
    assert any(line == " --> pod.yaml:6:7 in Pod p, spec.containers[0]" for line in lacking[0])
    numbers = [line.split(" | ")[0].strip() for line in lacking[0] if " | " in line and line[0].isdigit()]
    assert numbers == ["6", "8"]


def test_every_rule_of_a_block_is_explained_by_name_and_once(pods: Path) -> None:
    text = run("lint", "--select", "missing-liveness-probe,missing-memory-limit").stdout
    assert text.count(" = missing-liveness-probe\n") == text.count(" = missing-memory-limit\n") == 1
    assert text.count(" = why: ") == text.count(" = fix: ") == 2


def test_machine_formats_have_one_finding_each(pods: Path) -> None:
    found = json.loads(run("lint", "-o", "json").stdout)["findings"]
    assert len(found) == len(run("lint", "-o", "concise").stdout.splitlines()) == 11
    places = [(finding["path"], finding["line"], finding["column"]) for finding in found]
    assert places == sorted(places)


@pytest.mark.parametrize("arguments", [(), ("--group-by", "object"), ("-o", "github"), ("-o", "markdown")])
def test_the_most_serious_comes_first(pods: Path, arguments: tuple[str, ...]) -> None:
    text = run("lint", "--no-explain", *arguments).stdout
    assert 0 < text.index("is privileged") < text.index("no liveness probe")


def test_what_is_no_manifest_is_told_in_one_count_and_only_when_asked(pods: Path) -> None:
    (pods / ".pre-commit-config.yaml").write_text("repos: []\n")
    (pods / "values.yaml").write_text("a: 1\n")
    (pods / "data.yaml").write_text("a: 1\n")
    (pods / "kustomization.yaml").write_text("resources: [pod.yaml]\n")
    usual = run("lint").stderr
    assert (
        "not checked: 1 document: 1 a kustomization (-v lists them; --render builds kustomizations and charts)" in usual
    )
    assert "values" not in usual
    told = run("lint", "-v").stderr
    assert told.count("no manifests: 3 documents: ") == 1
    assert "data.yaml" not in told
    for format_ in ("markdown", "junit", "tap"):
        shown = run("lint", "-o", format_).stdout
        assert "pre-commit" not in shown
    assert "| `kustomization.yaml` |" not in run("lint", "-o", "markdown").stdout
    assert len(json.loads(run("lint", "-o", "json").stdout)["outcomes"]) == 5


@pytest.mark.parametrize(
    ("arguments", "failures"),
    [((), 11), (("--fail-on", "error"), 1), (("--fail-on", "never"), 0), (("--exit-zero",), 0)],
)
def test_junit_fails_what_fails_the_run(pods: Path, arguments: tuple[str, ...], failures: int) -> None:
    root = ET.fromstring(run("lint", "-o", "junit", *arguments).stdout)
    shown = sum(len((failure.text or "").splitlines()) for failure in root.iter("failure"))
    assert (shown, bool(shown)) == (failures, run("lint", *arguments).exit_code == 1)


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="needs links")
def test_a_folder_of_links_is_told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    common = tmp_path_factory.mktemp("common")
    (common / "pod.yaml").write_text(BARE)
    (folder / "dev").mkdir()
    (folder / "dev" / "all").symlink_to(common)
    result = run("lint", "dev", "-v")
    assert (
        "  dev/all, document 0: skipped: a link to a folder; name it on the command line to read it\n" in result.stderr
    )
    assert "no Kubernetes object found: see why with -v" in result.stderr
    assert run("lint", "dev", "--fail-on-empty").exit_code == 1
    assert run("lint", "dev/all").exit_code == 1
    (folder / "dev" / ".hidden").symlink_to(common)
    (folder / "dev" / "here").symlink_to(folder / "dev")
    assert len(json.loads(run("lint", "dev", "-o", "json").stdout)["outcomes"]) == 1


def test_a_glob_that_matches_nothing_is_misuse(folder: Path) -> None:
    result = run("lint", "nosuch/**/*.yaml")
    assert (result.exit_code, "matches nosuch/**/*.yaml" in result.stderr) == (2, True)
