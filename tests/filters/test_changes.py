"""Only what changed since a git revision, with git itself in repositories of their own."""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from support import run

from kexplain.catalogue.selection import select
from kexplain.config.settings import Settings
from kexplain.engine.linter import Options, lint
from kexplain.files import program
from kexplain.filters import filter as filters
from kexplain.syntax.source import Source

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: registry.example/web:latest
    - name: log
      image: registry.example/log:latest
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
"""
LATEST, DANGLING = "latest-image-tag", "dangling-service"
TWO = [("web.yaml", 10), ("web.yaml", 12)]
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "t", "GIT_COMMITTER_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_EMAIL": "t@example.org",
}  # fmt: skip


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8", newline="")


def commit() -> None:
    git("add", "-A")
    git("commit", "-q", "--no-verify", "-m", "x")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with the branch main, in a folder of its own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in NOBODY.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "repo").mkdir()
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "-q", "-b", "main")
    return tmp_path / "repo"


@pytest.fixture
def base(folder: Path) -> Path:
    """The same with a Pod and a Service on main, and a branch beside it that is checked out."""
    write("web.yaml", POD)
    write("service.yaml", SERVICE)
    commit()
    git("checkout", "-q", "-b", "work")
    return folder


class Done:
    """What a run said: its exit code, path and line of what it reports, grounds of the rest, and standard error."""

    def __init__(self, *arguments: str, since: str = "main", rules: str = LATEST, stdin: str | None = None) -> None:
        command = ["lint", "-o", "json", "--no-config", f"--select={rules}", f"--diff-base={since}", *arguments]
        result = run(*command, stdin=stdin)
        self.code, self.said = result.exit_code, result.stderr
        report = json.loads(result.stdout) if result.stdout else {"findings": [], "suppressed": []}
        self.findings = [(found["path"], found["line"]) for found in report["findings"]]
        self.reasons = Counter(found["reason"] for found in report["suppressed"])


def test_nothing_changed(base):
    done = Done()
    assert (done.code, done.findings) == (0, [])
    assert done.reasons == {"unchanged: not on a line changed since main": 2}
    assert "2 unchanged" in done.said.replace("(", "")


def test_a_changed_line(base):
    write("web.yaml", POD.replace("name: log\n", "name: logs\n"))
    assert Done().findings == TWO[1:]  # another container: the finding was not there
    write("web.yaml", POD.replace("log:latest", "log:latest # the newest"))
    assert Done().findings == TWO[1:]  # it was there, and its line changed
    write("web.yaml", POD.replace("spec:\n", "spec:\n  hostPID: false\n"))
    assert Done().findings == []  # only moved


@pytest.mark.parametrize("changed", ["    - name: web\n", "    - name: log\n"])
def test_a_neighbour_of_a_changed_line_is_not_changed(base, changed):
    """The line above the first finding; and the one between both, below the first and above the second."""
    write("web.yaml", POD.replace(changed, changed.replace("\n", " # the same\n")))
    assert Done().findings == []


@pytest.mark.parametrize("how", ["committed", "staged", "unstaged", "untracked", "ignored", "intended"])
def test_the_work_tree_counts(base, how):
    write("deploy/new.yaml", POD)
    if how == "committed":
        commit()
    elif how == "staged":
        git("add", "-A")
    elif how == "intended":
        git("add", "-N", "deploy/new.yaml")
    elif how == "unstaged":
        Path("deploy/new.yaml").unlink()
        write("web.yaml", POD.replace("web:latest", "shop:latest").replace("log:latest", "logs:latest"))
        assert Done().findings == TWO
        return
    elif how == "ignored":
        write(".gitignore", "deploy/\n")
    arguments = ["--no-respect-gitignore"] if how == "ignored" else []
    assert Done(*arguments).findings == [("deploy/new.yaml", 10), ("deploy/new.yaml", 12)]


def test_changes_of_the_other_branch_are_not_ours(base):
    git("checkout", "-q", "main")
    write("web.yaml", POD.replace("      image: registry.example/log:latest", "      image: registry.example/log:1.0"))
    write("other.yaml", POD)
    commit()
    git("checkout", "-q", "work")
    assert Done().findings == []
    assert Done(since="HEAD").findings == []


def test_what_a_change_causes_elsewhere(base):
    assert Done(rules=DANGLING).findings == []
    write("web.yaml", POD.replace("    app: web\n", "    app: shop\n"))
    write("old.yaml", SERVICE.replace("name: web", "name: old").replace("app: web", "app: shops"))
    assert Done(rules=DANGLING).findings == [("old.yaml", 6), ("service.yaml", 6)]
    commit()
    git("checkout", "-q", "-B", "main")
    assert Done(rules=DANGLING, since="HEAD~1").findings == [("old.yaml", 6), ("service.yaml", 6)]
    assert Done(rules=DANGLING, since="HEAD").findings == []


def test_what_a_deleted_file_causes_elsewhere(base):
    write("other.yaml", POD.replace("app: web", "app: webs").replace("name: web\n  labels", "name: other\n  labels"))
    commit()
    git("branch", "-f", "main")
    Path("web.yaml").unlink()
    assert Done(rules=DANGLING).findings == [("service.yaml", 6)]


def test_a_deleted_line_causes_a_finding(base):
    rule = "missing-liveness-probe"
    probed = POD.replace(":latest\n", ":latest\n      livenessProbe: {exec: {command: [test]}}\n")
    write("web.yaml", probed)
    commit()
    git("branch", "-f", "main")
    assert Done(rules=rule).findings == []
    write("web.yaml", probed.replace("      livenessProbe: {exec: {command: [test]}}\n", "", 1))
    assert len(Done(rules=rule).findings) == 1


def test_a_suppression_that_was_taken_out(base):
    write(
        "web.yaml",
        POD.replace(
            "      image: registry.example/log",
            f"      # kexplain: ignore[{LATEST}]\n      image: registry.example/log",
        ),
    )
    commit()
    git("branch", "-f", "main")
    write("web.yaml", POD)
    assert Done().findings == TWO[1:]


def test_the_same_finding_once_more(base):
    write("web.yaml", POD + "---\n" + POD)
    assert Done().findings == [("web.yaml", 23), ("web.yaml", 25)]


def test_a_renamed_file_is_the_same(base):
    git("mv", "web.yaml", "shop.yaml")
    assert Done().findings == []
    write("shop.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done().findings == [("shop.yaml", 12)]


def test_a_renamed_folder(base):
    for number in range(5):
        write(f"old/pod-{number}.yaml", POD.replace("name: web\n  labels", f"name: web-{number}\n  labels"))
    commit()
    git("branch", "-f", "main")
    git("mv", "old", "new folder")
    assert Done().findings == []
    assert Done("new folder").findings == []


def test_a_file_that_became_unreadable(base):
    write("web.yaml", "a: [\n" + POD)
    assert len(Done(rules="unparseable-yaml").findings) == 1
    commit()
    assert Done(rules="unparseable-yaml", since="HEAD").findings == []


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_line_breaks_of_windows(base, ending):
    write("crlf.yaml", POD.replace("\n", "\r\n"))
    commit()
    git("branch", "-f", "main")
    git("config", "core.autocrlf", "true" if ending == "\n" else "false")
    write("crlf.yaml", POD.replace("\n", "\r\n").replace("log:latest", "logs:latest"))
    assert Done().findings == [("crlf.yaml", 12)]


NAMES = ["with space.yaml", "ünï.yaml", 'quo"te.yaml', "new\nline.yaml", "tab\tbed.yaml", "back\\slash.yaml", "-x.yaml",
         "a b/c d.yaml", ":(top).yaml", "\x01.yaml"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("quoted", ["true", "false"])
@POSIX
def test_unusual_names_of_files(base, name, quoted):
    git("config", "core.quotePath", quoted)
    write(name, POD)
    commit()
    git("branch", "-f", "main")
    assert Done().findings == []
    write(name, POD.replace("log:latest", "logs:latest"))
    assert Done().findings == [(name, 12)]
    Path(name).rename("plain.yaml")
    git("add", "-A")
    assert Done().findings == [("plain.yaml", 12)]


@POSIX
def test_a_name_that_is_no_text(base):
    Path(os.fsdecode(b"\xff.yaml")).write_text(POD)
    assert len(Done().findings) == 2
    commit()
    assert Done(since="HEAD").findings == []


def test_a_file_with_another_ending(base):
    write("pod.txt", POD)
    commit()
    git("branch", "-f", "main")
    write("pod.txt", POD.replace("log:latest", "logs:latest"))
    assert Done("pod.txt").findings == [("pod.txt", 12)]


@POSIX
def test_links(base):
    Path("link.yaml").symlink_to("web.yaml")
    Path("far").mkdir()
    commit()
    git("branch", "-f", "main")
    assert Done("link.yaml").findings == []
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done("link.yaml").findings == [("link.yaml", 12)]
    Path("link.yaml").unlink()
    write("link.yaml", POD)
    assert Done("link.yaml").findings == [("link.yaml", 10), ("link.yaml", 12)]


def test_lines_that_look_like_a_diff(base):
    text = POD + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  patch: |\n    x\n"
    write("web.yaml", text)
    write("zoo.yaml", POD)
    commit()
    git("branch", "-f", "main")
    added = "++ b/zoo.yaml\n@@ -1 +12 @@\ndiff --git a/zoo.yaml b/zoo.yaml\n:100644 100644 0 0 D\tzoo.yaml\n"
    write("web.yaml", text + "".join(f"    {line}\n" for line in added.splitlines()) + added)
    assert Done().findings == []


def test_attributes_and_configuration_do_not_blind_it(base):
    write(".gitattributes", "*.yaml -diff\nservice.yaml diff=x\n")
    for name, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always", "diff.interHunkContext": "99",
        "diff.context": "99", "diff.external": "false", "diff.x.textconv": "false", "core.fsmonitor": "false",
        "diff.renames": "false", "diff.relative": "true", "diff.orderFile": "/dev/null",
    }.items():  # fmt: skip
        git("config", name, value)
    commit()
    git("branch", "-f", "main")
    git("mv", "web.yaml", "shop.yaml")
    write("shop.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done().findings == [("shop.yaml", 12)]


@POSIX
def test_programs_that_git_could_start_are_not_started(base):
    def mark(name: str) -> str:
        write(f".git/{name}", f"#!/bin/sh\ntouch '{base}/{name.rpartition('/')[2]}.ran'\n")
        Path(f".git/{name}").chmod(0o755)
        return f"{base}/.git/{name}"

    for setting in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "core.pager", "pager.diff"):
        git("config", setting, mark(setting.replace(".", "-")))
    for hook in ("post-index-change", "pre-commit", "post-checkout"):
        mark(f"hooks/{hook}")
    os.utime("service.yaml", (1, 1))
    write(".gitattributes", "*.yaml diff=x\n")
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done().findings == TWO[1:]
    assert list(base.glob("*.ran")) == []
    git("diff")  # as it is meant to: the marks are where they would be seen
    assert {path.stem for path in base.glob("*.ran")} >= {"core-fsmonitor", "post-index-change", "diff-x-command"}


def test_the_index_is_left_alone(base):
    write("web.yaml", POD)
    os.utime("web.yaml", (1, 1))
    before = Path(".git/index").read_bytes()
    assert Done().findings == []
    assert Path(".git/index").read_bytes() == before


def test_from_a_subfolder(base, monkeypatch):
    write("deploy/web.yaml", POD)
    commit()
    git("branch", "-f", "main")
    write("deploy/web.yaml", POD.replace("log:latest", "logs:latest"))
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    monkeypatch.chdir("deploy")
    assert Done().findings == [("web.yaml", 12)]
    assert Done("../web.yaml").findings == [("../web.yaml", 12)]
    assert Done(str(base)).findings == [(f"{base.as_posix()}/deploy/web.yaml", 12), (f"{base.as_posix()}/web.yaml", 12)]


def test_from_outside(base, monkeypatch):
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    monkeypatch.chdir("..")
    assert Done("repo").findings == [("repo/web.yaml", 12)]
    Path("elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    assert Done("../repo/web.yaml").findings == [("../repo/web.yaml", 12)]


def test_in_a_worktree(base, monkeypatch):
    git("worktree", "add", "-q", "../tree", "-b", "tree", "main")
    monkeypatch.chdir("../tree")
    assert Done().findings == []
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done().findings == TWO[1:]


def test_in_a_hook(base, monkeypatch):
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    git("add", "-A")
    assert Done("web.yaml", "service.yaml").findings == TWO[1:]


def test_a_submodule_is_left_out(base, tmp_path):
    git("init", "-q", "-b", "main", str(tmp_path / "lib"))
    write(str(tmp_path / "lib" / "pod.yaml"), POD)
    git("-C", str(tmp_path / "lib"), "add", "-A")
    git("-C", str(tmp_path / "lib"), "commit", "-q", "-m", "x")
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "lib"), "vendor/lib")
    write("vendor/lib/pod.yaml", POD.replace("log:latest", "logs:latest"))
    write("vendor/own.yaml", POD)
    done = Done()
    assert done.findings == [("vendor/own.yaml", 10), ("vendor/own.yaml", 12)]
    assert done.reasons["unchanged: in another repository than main (a submodule)"] == 2


def test_files_outside_of_the_repository(base, tmp_path):
    write(str(tmp_path / "far.yaml"), POD)
    done = Done(".", "../far.yaml")
    assert done.findings == [("../far.yaml", 10), ("../far.yaml", 12)]
    assert "1 file outside of the git repository: every line counts as changed" in done.said
    assert len(Done("-", stdin=POD).findings) == 2


def test_what_is_left_out_of_a_run_is_left_out_of_its_past(base):
    write("vendor/pod.yaml", POD.replace("app: web", "app: gone"))
    write("service.yaml", SERVICE.replace("app: web", "app: gone"))
    commit()
    git("branch", "-f", "main")
    shutil.rmtree("vendor")
    complete = ["--complete", "--exclude", "vendor/"]
    assert Done(*complete, rules=DANGLING).findings == []
    assert Done("--complete", rules=DANGLING).findings == [("service.yaml", 6)]


def test_with_a_baseline(base):
    write("new.yaml", POD)
    assert run("lint", "--baseline", "b.json", "--update-baseline").exit_code == 0
    write("new.yaml", POD.replace("log:latest", "logs:latest"))
    done = Done("--baseline", "b.json")
    assert done.findings == [("new.yaml", 12)]
    assert sum(reason.startswith("baseline") for reason in done.reasons.elements()) == 3


def test_findings_of_another_severity(base):
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done("--min-severity", "error").findings == []


class Made:
    """Where a rendered text comes from: line by line from one file."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def back(self, start: int, end: int) -> tuple[Source, int, int]:
        return self.source, start, end


def test_what_was_rendered_is_held_against_changed_lines(base):
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    text = Path("web.yaml").read_text()
    made = Source(
        "rendered.yaml", text.replace("name: web\n  labels", "name: dev\n  labels"), Made(Source("web.yaml", text))
    )
    settings = Settings(diff_base="main")
    report = lint([made], Options(select("recommended", (LATEST,))))
    report = filters.apply(report, settings)
    assert [(f.place.path, f.place.line) for f in report.findings] == TWO[1:]
    assert [(kept.finding.place.path, kept.finding.place.line) for kept in report.suppressed] == TWO[:1]
    assert report.notes == ["what was rendered is held against changed lines only: the revision itself is not rendered"]


@pytest.fixture
def origin(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to clone: main went on after work left it."""
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    commit()
    git("checkout", "-q", "main")
    write("other.yaml", POD)
    commit()
    git("config", "uploadpack.allowFilter", "true")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    monkeypatch.chdir(tmp_path)
    return base


def test_a_shallow_clone(origin, monkeypatch):
    git("clone", "-q", "--depth=1", "--branch=work", origin.as_uri(), "clone")
    monkeypatch.chdir("clone")
    done = Done(since="origin/main")
    assert done.code == 2
    fetch = "git fetch --depth=1 origin main:refs/remotes/origin/main"
    assert f"git knows no revision 'origin/main' here; fetch it (`{fetch}`" in done.said
    assert "fetch-depth: 0" in done.said
    assert f"`{fetch}` and name it origin/main" in Done(since="main").said
    assert "git fetch --unshallow" in Done(since="HEAD~1").said
    git(*fetch.split()[1:])
    done = Done(since="origin/main")
    assert done.findings == TWO[1:]
    assert "compared with origin/main itself" in done.said
    git("fetch", "-q", "--unshallow", "origin")
    done = Done(since="origin/main")
    assert (done.findings, "compared with" in done.said) == (TWO[1:], False)


def test_a_partial_clone_fetches_nothing(origin, monkeypatch):
    git("clone", "-q", "--filter=blob:none", "--branch=work", origin.as_uri(), "clone")
    monkeypatch.chdir("clone")
    done = Done(since="origin/main")
    assert done.code == 2
    assert "it is a partial clone, and kexplain fetches nothing: run `git diff --stat`" in done.said
    git("diff", "--stat", "origin/main...")
    assert Done(since="origin/main").findings == TWO[1:]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("-x", "'-x' is not a git revision; write one such as origin/main"),
        ("--output=x", "'--output=x' is not a git revision"),
        ("nosuch", "git knows no revision 'nosuch' here; it has no remote to fetch it from; name a branch"),
        ("main..work", "git knows no revision 'main..work' here"),
        ("main:web.yaml", "git knows no revision 'main:web.yaml' here"),
        ("origin/main", "here; it has no remote to fetch it from"),
    ],
)
def test_revisions_that_are_none(base, since, words):
    done = Done(since=since)
    assert done.code == 2
    assert words in done.said
    assert sorted(os.listdir()) == [".git", "service.yaml", "web.yaml"]


def test_a_wrong_revision_is_told_without_findings_too(base):
    Path("web.yaml").unlink()
    assert Done(since="nosuch").code == 2


@pytest.mark.parametrize("since", ["main", "refs/heads/main", "v1", "HEAD", "work", "@", "@{0}"])
def test_revisions(base, since):
    git("tag", "-a", "-m", "x", "v1")
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    assert Done(since=since).findings == TWO[1:]


def test_histories_that_share_nothing(base):
    git("checkout", "-q", "--orphan", "alone")
    write("web.yaml", POD.replace("log:latest", "logs:latest"))
    commit()
    done = Done()
    assert done.findings == TWO[1:]
    assert "compared with main itself" in done.said


def test_before_the_first_commit(folder):
    write("web.yaml", POD)
    assert "git knows no revision 'main' here" in Done().said


def test_no_repository(folder):
    write("web.yaml", POD)
    shutil.rmtree(".git")
    done = Done()
    assert done.code == 2
    assert "--diff-base needs a git repository, and . is in none that git reads: not a git repository" in done.said


def test_a_repository_of_somebody_else(base, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    done = Done()
    assert done.code == 2
    assert "dubious ownership" in done.said


def test_no_git(base, monkeypatch):
    monkeypatch.setenv("PATH", str(base))
    done = Done()
    assert done.code == 2
    assert "--diff-base needs git, which is not on the PATH" in done.said


@POSIX
def test_a_git_that_does_not_end(base, tmp_path, monkeypatch):
    write(str(tmp_path / "bin" / "git"), "#!/bin/sh\nexec sleep 600\n")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setattr(program, "SECONDS", 0.2)
    done = Done()
    assert done.code == 2
    assert "git rev-parse had not finished after 0.2 seconds" in done.said
