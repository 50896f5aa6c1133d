"""kexplain taken up by a repository that has a thousand findings: a baseline first, then only what is new, then fewer.

The repository is made of the corpus. The steps are those of docs/baseline.md, and stand in one order: each builds on
what the one before it left.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest
from support import SHARED, execute

CORPUS = SHARED / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus: KEXPLAIN_SHARED names no folder that holds one")

B = "ci/known.json"
NEW = """\
apiVersion: v1
kind: Pod
metadata:
  name: brand-new
spec:
  hostPID: true
  containers:
    - name: brand-new
      image: registry.example/brand-new:latest
      securityContext:
        privileged: true
"""
OLD = "microservices-demo"
"""A folder of the corpus that is renamed."""
LARGE = "argo-cd"
"""Half of the corpus, which is not needed here."""
HOOK = """\
repos:
  - repo: local
    hooks:
      - id: kexplain
        name: kexplain
        entry: '"{python}" -m kexplain lint --incomplete --force-exclude'
        language: system
        types_or: [yaml, json]
        require_serial: true
"""


def git(folder: Path, *arguments: object) -> str:
    done = execute("git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "-m", "x")


class Lint:
    """What ``kexplain lint`` said in the repository."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        done = execute(sys.executable, "-m", "kexplain", "lint", "-o", "json", *arguments, folder=folder)
        self.code, self.said = done.returncode, done.stderr
        report = json.loads(done.stdout) if done.stdout else {}
        self.found = {(found["path"], found["rule"]) for found in report.get("findings", [])}
        self.kept_back = len(report.get("suppressed", []))


def entries(folder: Path) -> list[dict[str, str]]:
    return json.loads((folder / B).read_text(encoding="utf-8"))["findings"]


def whole(folder: Path) -> int:
    """Number of entries that cover what a run over all files finds."""
    return sum("incomplete" not in entry for entry in entries(folder))


def known(folder: Path) -> set[tuple[str, str]]:
    """File and rule of every entry, as reports have them."""
    return {(entry["path"].removeprefix("../"), entry["rule"]) for entry in entries(folder)}


def with_tag(folder: Path) -> tuple[dict[str, str], Path]:
    """A known finding about an image that is called ``…:latest``, and its file."""
    files = [(entry, folder / "ci" / entry["path"]) for entry in entries(folder) if entry["rule"] == "latest-image-tag"]
    return next((entry, path) for entry, path in files if ":latest" in path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus as a repository whose configuration names a baseline, which holds all its findings."""
    folder = tmp_path_factory.mktemp("adoption") / "repo"
    shutil.copytree(CORPUS, folder, ignore=shutil.ignore_patterns(LARGE))
    git(folder, "init", "-q", "-b", "main")
    (folder / "ci").mkdir()
    (folder / ".kexplain.yaml").write_text(f"baseline: {B}\n", encoding="utf-8")
    before = Lint(folder, "--no-config")
    assert before.code == 1
    assert len(before.found) > 500
    done = Lint(folder, "--update-baseline")
    assert (done.code, done.found) == (0, set())
    assert known(folder) >= before.found
    assert {(entry["path"], entry["rule"]) for entry in entries(folder) if "incomplete" not in entry} == {
        (f"../{path}", rule) for path, rule in before.found
    }
    commit(folder)
    return folder


def restored(folder: Path) -> Path:
    git(folder, "reset", "-q", "--hard")
    git(folder, "clean", "-q", "-f", "-d")
    return folder


def test_the_first_run_after_it_is_clean(repository):
    done = Lint(restored(repository))
    assert (done.code, done.found, done.kept_back) == (0, set(), whole(repository))
    assert "match" not in done.said


def test_a_new_manifest_has_its_own_findings_and_no_other(repository):
    folder = restored(repository)
    (folder / "new.yaml").write_text(NEW, encoding="utf-8")
    alone = Lint(folder, "--no-config", "new.yaml")
    assert {
        ("new.yaml", "host-pid"),
        ("new.yaml", "privileged-container"),
        ("new.yaml", "latest-image-tag"),
    } <= alone.found
    done = Lint(folder)
    assert (done.code, done.found) == (1, alone.found)
    assert Lint(folder, "--incomplete").found == alone.found
    assert Lint(folder, "--incomplete", *(path for path, _ in known(folder))).found == set()
    assert Lint(folder, "--no-config", "--incomplete", "--diff-base", "main").found == alone.found


def test_a_finding_that_was_mended_is_taken_out(repository):
    folder = restored(repository)
    chosen, path = with_tag(folder)
    before = len(entries(folder))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(":latest", ":1.0"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert "nothing any more; --update-baseline takes them out" in Lint(folder).said
    assert Lint(folder, "--update-baseline").code == 0
    assert chosen not in entries(folder)
    assert len(entries(folder)) < before
    done = Lint(folder)
    assert (done.code, done.found, "match" in done.said) == (0, set(), False)


def test_a_renamed_folder_brings_nothing_new(repository):
    folder = restored(repository)
    before = entries(folder)
    git(folder, "mv", OLD, "renamed")
    done = Lint(folder)
    assert (done.code, done.found, done.kept_back, "match" in done.said) == (0, set(), whole(folder), False)
    assert Lint(folder, "--update-baseline").code == 0
    after = entries(folder)
    assert sorted(entry["path"].replace("../renamed/", f"../{OLD}/") for entry in after) == [e["path"] for e in before]
    assert Lint(folder, "--no-config", "--diff-base", "main").found == set()


def test_a_line_that_was_touched_shows_its_findings(repository):
    folder = restored(repository)
    found, path = with_tag(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(":latest", ":latest "), encoding="utf-8")
    done = Lint(folder, "--no-config", "--diff-base", "main")
    assert (found["path"].removeprefix("../"), "latest-image-tag") in done.found
    assert {path for path, _ in done.found} == {found["path"].removeprefix("../")}


def test_a_commit(repository):
    pytest.importorskip("pre_commit")
    folder = restored(repository)
    (folder / ".pre-commit-config.yaml").write_text(
        HOOK.format(python=Path(sys.executable).as_posix()), encoding="utf-8"
    )
    old = folder / "ci" / next(entry["path"] for entry in entries(folder) if entry["path"].endswith(".yaml"))
    old.write_text(f"# moved by a line\n{old.read_text(encoding='utf-8')}", encoding="utf-8")
    git(folder, "add", "-A")
    done = execute(sys.executable, "-m", "pre_commit", "run", "--verbose", folder=folder, NO_COLOR="1")
    assert done.returncode == 0, done.stdout
    assert "suppressed: " in done.stdout
    (folder / "new.yaml").write_text(NEW, encoding="utf-8")
    git(folder, "add", "-A")
    done = execute(sys.executable, "-m", "pre_commit", "run", folder=folder, NO_COLOR="1")
    assert done.returncode == 1
    places = [line for line in done.stdout.splitlines() if "--> " in line]
    assert places
    assert all("new.yaml:" in place for place in places)
