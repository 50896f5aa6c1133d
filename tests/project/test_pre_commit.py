"""The hooks of .pre-commit-hooks.yaml, run by pre-commit itself in a repository of their own.

pre-commit installs the working tree as it would install a tag: into an environment of its own, with pip from an index.
That is done once for all cases.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from support import BAD, ROOT, copy_checkout, execute, no_index

pytest.importorskip("pre_commit")

GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: production
"""
ROUTE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: website
  ports:
    - port: 80
"""
OTHERS = {
    ".github/workflows/test.yml": "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: [{run: make}]\n",
    ".gitlab-ci.yml": "test:\n  script:\n    - make\n",
    "docker-compose.yaml": "services:\n  web:\n    image: nginx:latest\n",
    "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "chart/values.yaml": "image:\n  tag: latest\nhostPID: true\n",
    "chart/templates/web.yaml": "{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nspec: {{ .Values.a }}\n{{- end }}\n",
    "base/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n",
    "package.json": '{"name": "web", "version": "1.0.0"}\n',
    "mkdocs.yml": "site_name: Web\nnav:\n  - index.md\n",
}  # fmt: skip


def git(folder: Path, *arguments: object) -> str:
    done = execute("git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class Repository:
    """A user's repository whose configuration names the hooks."""

    def __init__(self, folder: Path, cache: Path, hooks: Path, revision: str) -> None:
        self.folder, self.cache = folder, cache
        ids = "[{id: kexplain}, {id: kexplain-all}]"
        config = f"repos:\n- repo: {hooks.as_uri()}\n  rev: {revision}\n  hooks: {ids}\n"
        folder.mkdir()
        git(folder, "init", "-q")
        write(folder, {".pre-commit-config.yaml": config})
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "hooks")

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return execute(
            sys.executable, "-m", "pre_commit", *arguments, folder=self.folder, PRE_COMMIT_HOME=str(self.cache),
            PRE_COMMIT_COLOR="never", NO_COLOR="1", stderr=subprocess.STDOUT,
        )  # fmt: skip

    def commit(self, hook: str, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """What the hook says to a commit of these files to a repository without others."""
        git(self.folder, "reset", "-q", "--hard")
        git(self.folder, "clean", "-q", "-f", "-d", "-x")
        write(self.folder, files)
        git(self.folder, "add", "-A")
        return self.pre_commit("run", "--verbose", hook)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    if no_index():
        pytest.skip(no_index())
    folder = tmp_path_factory.mktemp("pre-commit")
    hooks = copy_checkout(folder / "kexplain")
    git(hooks, "init", "-q")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-q", "-m", "kexplain")
    found = Repository(folder / "user", folder / "cache", hooks, git(hooks, "rev-parse", "HEAD"))
    done = found.pre_commit("install-hooks")
    assert done.returncode == 0, done.stdout
    return found


def test_manifest_is_valid():
    done = execute(
        sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml", folder=ROOT
    )
    assert done.returncode == 0, done.stderr


def test_bad_manifest_fails_with_its_findings(repository):
    done = repository.commit("kexplain", {"web.yaml": BAD})
    assert done.returncode == 1
    assert "web.yaml:6:" in done.stdout
    assert "[host-pid]" in done.stdout
    assert "[latest-image-tag]" in done.stdout
    assert "- exit code: 1" in done.stdout


def test_good_manifest_passes(repository):
    done = repository.commit("kexplain", {"settings.yaml": GOOD})
    assert done.returncode == 0, done.stdout
    assert "nothing found in 1 object of 1 file" in done.stdout


@pytest.mark.parametrize("hook", ["kexplain", "kexplain-all"])
def test_other_yaml_is_skipped_quietly(repository, hook):
    done = repository.commit(hook, OTHERS)
    assert done.returncode == 0, done.stdout
    assert "Skipped" not in done.stdout
    assert "nothing found in 0 objects" in done.stdout
    said = done.stdout.partition("nothing found in")[2].splitlines()
    assert len([line for line in said if line.strip()]) <= 3, done.stdout


def test_two_files_are_seen_by_one_process(repository):
    done = repository.commit("kexplain", {"web.yaml": BAD, "deploy/settings.json": '{"apiVersion":"v1","kind":"List"}'})
    assert done.stdout.count(" of 2 files") == 1, done.stdout
    assert done.stdout.count("(Kubernetes ") == 1


def test_many_files_are_seen_by_one_process(repository):
    """pre-commit gives the names of many files to several processes at once, unless the hook says otherwise."""
    files = {f"settings-{number}.yaml": GOOD.replace("settings", f"settings-{number}") for number in range(50)}
    done = repository.commit("kexplain", files)
    assert "nothing found in 50 objects of 50 files" in done.stdout


def test_only_what_changed_is_seen(repository):
    files = {"web.yaml": BAD}
    repository.commit("kexplain", files)
    git(repository.folder, "commit", "-q", "-m", "old", "--no-verify")
    try:
        assert repository.commit("kexplain", {"settings.yaml": GOOD}).returncode == 0
        done = repository.commit("kexplain-all", {"settings.yaml": GOOD})
        assert done.returncode == 1
        assert "[host-pid]" in done.stdout
    finally:
        git(repository.folder, "reset", "-q", "--hard", "HEAD~1")


def test_references_are_judged_in_the_whole_repository_only(repository):
    files = {"web.yaml": ROUTE, "pod.yaml": BAD.replace("  name: web\n", "  name: web\n  labels: {app: web}\n", 1)}
    assert "[dangling-service]" not in repository.commit("kexplain", files).stdout
    assert "[dangling-service]" in repository.commit("kexplain-all", files).stdout


EXCLUDED = {
    ".kexplain.yaml": 'exclude: ["vendor/", "*.test.yaml"]\n',
    "vendor/web.yaml": BAD,
    "deploy/web.test.yaml": BAD,
}


@pytest.mark.parametrize("hook", ["kexplain", "kexplain-all"])
def test_what_the_configuration_excludes_passes_although_it_is_named(repository, hook):
    done = repository.commit(hook, {**EXCLUDED, "settings.yaml": GOOD})
    assert done.returncode == 0, done.stdout
    assert "nothing found in 1 object of " in done.stdout
    done = repository.commit(hook, {**EXCLUDED, "deploy/web.yaml": BAD})
    assert done.returncode == 1
    assert "deploy/web.yaml:6:" in done.stdout
    assert "vendor/web.yaml" not in done.stdout
    assert "web.test.yaml" not in done.stdout


@pytest.mark.parametrize("hook", ["kexplain", "kexplain-all"])
def test_a_commit_of_excluded_files_only_passes(repository, hook):
    done = repository.commit(hook, EXCLUDED)
    assert done.returncode == 0, done.stdout
    assert "[host-pid]" not in done.stdout


def test_a_baseline_keeps_back_what_was_there_and_nothing_new(repository):
    known = {".kexplain.yaml": "baseline: known.json\n", "old/web.yaml": BAD, "old/job.yaml": BAD.replace("web", "job")}
    repository.commit("kexplain", known)
    written = execute(Path(sys.executable).parent / "kexplain", "lint", "--update-baseline", folder=repository.folder)
    assert written.returncode == 0, written.stderr
    known["known.json"] = (repository.folder / "known.json").read_text(encoding="utf-8")
    for hook in ("kexplain", "kexplain-all"):
        assert repository.commit(hook, known).returncode == 0
        done = repository.commit(hook, {**known, "new/web.yaml": BAD})
        assert done.returncode == 1
        assert "new/web.yaml:6:" in done.stdout
        assert "old/" not in done.stdout
        moved = BAD.replace("spec:", "  labels: {app: web}\nspec:").replace(
            "hostPID: true", "hostPID: true\n  hostIPC: true"
        )
        done = repository.commit(hook, {**known, "old/web.yaml": moved})
        assert done.returncode == 1
        assert "[host-ipc]" in done.stdout
        assert "[host-pid]" not in done.stdout


def test_no_manifest_starts_nothing(repository):
    done = repository.commit("kexplain", {"main.py": "print()\n"})
    assert done.returncode == 0
    assert "Skipped" in done.stdout
