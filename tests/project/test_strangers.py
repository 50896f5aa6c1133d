"""What a stranger's pull request may not do: read or write elsewhere, reach the network or the environment, hide commands."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from support import run

from kexplain import library
from kexplain.cli.console import note
from kexplain.files import program

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: nginx}]}\n"
LINKS = pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def reasons(report: library.Report) -> list[str]:
    return [outcome.reason for outcome in report.outcomes]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a Pod, beside a folder that is none of its."""
    write(
        tmp_path,
        {"repo/.git/HEAD": "", "repo/pod.yaml": POD, "outside/pod.yaml": POD, "outside/private": "token: s3cr3t\n"},
    )
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools that render, from KEXPLAIN_TOOLS as well."""
    if folder := os.environ.get("KEXPLAIN_TOOLS"):
        monkeypatch.setenv("PATH", folder, prepend=os.pathsep)


def needs(name: str) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is neither on the PATH nor in KEXPLAIN_TOOLS")


@pytest.fixture
def service() -> Iterator[tuple[str, list[str]]]:
    """A service of this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extends: ../outside/private", "../outside/private: lies outside of the repository"),
        ("paths: [., ../outside]", "paths names ../outside, which lies outside"),
        ("paths: ['sub/../../outside/*.yaml']", "paths names ../outside/*.yaml, which lies outside"),
        ("rule-folders: [../outside]", "rule-folders names ../outside"),
        ("baseline: ../outside/private", "baseline names ../outside/private"),
        ("helm-values: [../outside/private]", "helm-values names ../outside/private"),
        ("baseline: .git/HEAD", "baseline names .git/HEAD"),
        ("output: ['text:../outside/private']", "output may only write below this folder"),
        ("output: ['text:.git/hooks/pre-push']", "output may only write below this folder"),
    ],
)
def test_a_configuration_that_was_found_stays_in_its_repository(repository: Path, text: str, told: str) -> None:
    (repository / ".kexplain.yaml").write_text(text)
    result = run("lint")
    assert result.exit_code == 2
    assert told in result.output
    assert "--config" in result.output
    assert "token" not in result.output
    assert (repository.parent / "outside" / "private").read_text() == "token: s3cr3t\n"
    assert not (repository / ".git" / "hooks").exists()


def test_a_configuration_that_is_named_may_reach_elsewhere(repository: Path) -> None:
    (repository / "c.yaml").write_text("paths: [../outside]\noutput: ['concise:../outside/report']\nfail-on: never\n")
    assert run("lint", "--config", "c.yaml").exit_code == 0
    assert "pod.yaml:4" in (repository.parent / "outside" / "report").read_text()


@LINKS
@pytest.mark.parametrize("name", [".kexplain.yaml", "base.yaml", "reports", "known.json"])
def test_links_do_not_lead_a_configuration_out(repository: Path, name: str) -> None:
    (repository / ".kexplain.yaml").write_text(
        "extends: base.yaml\nbaseline: known.json\noutput: ['text:reports/private']\n"
    )
    write(repository, {"base.yaml": "", "known.json": '{"version": 1, "findings": []}\n'})
    (repository / name).unlink(missing_ok=True)
    (repository / name).symlink_to("../outside" if name == "reports" else "../outside/private")
    result = run("lint")
    assert result.exit_code == 2
    assert "--config" in result.output
    assert "token" not in result.output
    assert (repository.parent / "outside" / "private").read_text() == "token: s3cr3t\n"


def test_a_configuration_is_made_of_so_many_files_at_most(repository: Path) -> None:
    """Each of these extends the next one twice: together two to the power of forty."""
    write(repository, {f"c{n}.yaml": f"extends: [c{n + 1}.yaml, c{n + 1}.yaml]\n" for n in range(40)})
    write(repository, {"c40.yaml": "", ".kexplain.yaml": "extends: c0.yaml\n"})
    assert "extends more than 100 files" in run("lint").output


def test_only_a_person_has_things_rendered(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(program, "find", lambda name: started.append(name) or "")
    write(repository, {"kustomization.yaml": "resources: [pod.yaml]\n", ".kexplain.yaml": "render: true\n"})
    result = run("lint")
    assert not started
    assert ".kexplain.yaml:1: render is not obeyed" in result.output
    assert run("config", "show", "--json").output.count('"render"') == 1
    assert not json.loads(run("config", "show", "--json").stdout)["render"]["value"]
    for arguments in (["--render"], ["--config", ".kexplain.yaml"]):
        started.clear()
        assert "not obeyed" not in run("lint", *arguments).output
        assert started


@LINKS
def test_no_report_is_written_through_a_link(repository: Path) -> None:
    (repository / "out.sarif").symlink_to("../outside/private")
    result = run("lint", "-o", "sarif:out.sarif")
    assert (result.exit_code, "it is a symbolic link" in result.output) == (2, True)
    assert (repository.parent / "outside" / "private").read_text() == "token: s3cr3t\n"


@LINKS
def test_a_list_of_paths_leads_nowhere_else(repository: Path) -> None:
    (repository / "link.yaml").symlink_to("../outside/pod.yaml")
    (repository / "folder").symlink_to("../outside")
    (repository / "inner.yaml").symlink_to("pod.yaml")
    (repository / "list").write_text("link.yaml\nfolder\nfolder/pod.yaml\ninner.yaml\n../outside/pod.yaml\n")
    result = run("lint", "--files-from", "list", "-o", "json", "--strict")
    outcomes = json.loads(result.stdout)["outcomes"]
    read = {outcome["path"] for outcome in outcomes if outcome["status"] == "checked"}
    assert read == {"inner.yaml", "../outside/pod.yaml"}
    told = {o["path"] for o in outcomes if o["reason"].startswith("a link that leads out of this folder")}
    assert told == {"link.yaml", "folder", "folder/pod.yaml"}


@pytest.mark.skipif(os.name != "posix", reason="needs a shell script")
def test_tools_get_no_secret_of_the_environment(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bin" / "kustomize"
    write(tmp_path, {"bin/kustomize": f"#!/bin/sh\nenv >'{tmp_path}/seen'\n"})
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CLOUD_TOKEN", "s3cr3t")
    (repository / "kustomization.yaml").write_text("resources: [pod.yaml]\n")
    library.lint(".", render=True)
    seen = (tmp_path / "seen").read_text()
    assert "PATH=" in seen
    assert "s3cr3t" not in seen


BUILTIN = "apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: x}\nfiles: ['k=URL/x']\n"
ADD = "- {op: add, path: /files, value: ['k=URL/x']}"


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(
    "files",
    [
        {"kustomization.yaml": "generators: ['" + BUILTIN.replace("'", "''").replace("\n", "\n\n  ") + "']\n"},
        {"kustomization.yaml": "generators: [g.yaml]\n", "g.yaml": BUILTIN},
        {"kustomization.yaml": "transformers: [g.yaml]\n", "g.yaml": BUILTIN.replace("k=", "")},
        {
            "kustomization.yaml": "generators: [p]\n",
            "p/kustomization.yaml": f'resources: [g.yaml]\npatches: [{{target: {{kind: ConfigMapGenerator}}, patch: "{ADD}"}}]\n',
            "p/g.yaml": BUILTIN.partition("files")[0],
        },
        {"kustomization.yaml": "resources: ['URL/y.yaml']\n", "URL/y.yaml": POD},  # a file of that name is there
        {"kustomization.yaml": "configMapGenerator: [{name: a, files: ['k=URL/x']}]\n", "URL/x": "x"},
        {"kustomization.yaml": "resources: [base]\n", "base/kustomization.yaml": "openapi: {path: URL/x}\n"},
    ],
)
def test_a_kustomization_fetches_nothing_from_this_machine(
    repository: Path, service: tuple[str, list[str]], files: dict[str, str]
) -> None:
    needs("kustomize")
    url, asked = service
    if os.name != "posix" and any("URL" in name for name in files):
        pytest.skip("no file can have such a name")
    write(repository, {name.replace("URL", url): text.replace("URL", url) for name, text in files.items()})
    report = library.lint("kustomization.yaml", render=True)
    assert not asked
    assert any("network" in reason or "fetch something" in reason for reason in reasons(report))


def test_a_kustomization_takes_in_no_folder_outside_of_the_repository(repository: Path) -> None:
    write(repository, {"kustomization.yaml": "resources: [../outside]\n"})
    write(repository.parent, {"outside/kustomization.yaml": "resources: [pod.yaml]\n"})
    report = library.lint(".", render=True)
    if any("neither kustomize nor kubectl" in reason for reason in reasons(report)):
        pytest.skip("needs kustomize")
    assert "not rendered: takes in a folder outside of the repository (../outside)" in reasons(report)


CHART = {"Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n", "templates/pod.yaml": POD}


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(
    "schema",
    [
        '{"$ref": "URL/schema.json"}',
        '{"properties": {"a": {"anyOf": [{"$ref": "URL/schema.json"}]}}}',
        '{"$schema": "URL/draft"}',
        '{"$id": "URL/", "allOf": [{"$ref": "other"}]}',
    ],
)
def test_a_schema_of_values_fetches_nothing(repository: Path, service: tuple[str, list[str]], schema: str) -> None:
    needs("helm")
    url, asked = service
    write(repository, {**CHART, "values.schema.json": schema.replace("URL", url)})
    report = library.lint(".", render=True)
    assert not asked
    assert "pod.yaml" in {Path(o.path).name for o in report.outcomes if o.kind == "Pod"}


@pytest.mark.usefixtures("tools")
def test_a_schema_of_its_own_holds(repository: Path) -> None:
    needs("helm")
    schema = '{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"d": {"required": ["x"]}}, "allOf": [{"$ref": "#/definitions/d"}]}'
    write(repository, {**CHART, "values.schema.json": schema})
    assert any("don't meet the specifications" in reason for reason in reasons(library.lint(".", render=True)))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux")
def test_a_tool_gets_so_much_memory_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MEMORY", 256 * 1024**2)
    greedy = "import time; time.sleep(1); bytearray(512 * 1024 ** 2)"  # the limit comes just after the start
    assert program.start([sys.executable, "-S", "-c", greedy]).trouble
    assert not program.start([sys.executable, "-S", "-c", greedy.replace("512", "1")]).trouble


def test_a_folder_that_looks_like_a_repository_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its settings would name a program for git to start: here, to clean a file before it is compared."""
    needs("git")
    trap, started = tmp_path / "trap", tmp_path / "started"
    write(trap, {"pod.yaml": POD})
    git = ["git", "-C", str(trap), "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    for name in (trap / ".git").iterdir():
        shutil.move(name, trap / name.name)
    (trap / ".git").rmdir()
    write(trap, {".gitattributes": "*.yaml filter=x\n", "pod.yaml": f"{POD}# more\n"})
    settings = f"[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\n[filter \"x\"]\nclean = touch '{started}'; cat\n"
    (trap / "config").write_text(settings)
    monkeypatch.chdir(trap)
    assert "needs a git repository" in run("lint", "--diff-base", "HEAD").output
    assert not started.exists()


@pytest.mark.parametrize("text", ["::error::x", "a\n \t::add-mask::x", "a ##[add-mask]x", "##vso[task.setvariable]x"])
def test_words_for_a_person_are_no_commands_to_a_runner(capsys: pytest.CaptureFixture[str], text: str) -> None:
    note(text)
    said = capsys.readouterr().err
    assert not any(line.lstrip().startswith("::") for line in said.splitlines())
    assert "##[" not in said
    assert "##vso[" not in said
    assert said.rstrip().endswith("x")


@pytest.mark.parametrize(
    "secret",
    [
        "kind: Secret\nmetadata: {name: a}\nstringdata: {p: s3cr3t}\n",
        "kind: secret\nmetadata: {name: a}\nstringData: {p: s3cr3t}\n",
        "kind: Secret\nmetadata: {name: a}\nspec: {data: {p: s3cr3t}}\n",
        "kind:\n  Secret\nstringData:\n  p: s3cr3t\n bad: [\n",
        "kind: >-\n  Secret\nstringData:\n  p: s3cr3t\n bad: [\n",
    ],
)
def test_values_of_a_misspelt_secret_are_hidden(repository: Path, secret: str) -> None:
    (repository / "pod.yaml").write_text(f"apiVersion: v1\n{secret}")
    for format_ in ("text", "html", "json", "markdown", "sarif"):
        assert "s3cr3t" not in run("lint", "pod.yaml", "-o", format_, "--profile", "pedantic").output
    for layout in ("terminal", "json", "html"):
        assert "s3cr3t" not in run("annotate", "pod.yaml", "-f", layout).output
    assert "s3cr3t" not in run("suppress", "pod.yaml", "--reason", "x", "--dry-run").output
