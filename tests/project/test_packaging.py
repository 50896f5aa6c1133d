"""What is ready to be published says one version, one address and the same hooks, and the plugin of kubectl works."""

import json
import os
import re
import shutil
import stat
import tomllib
from pathlib import Path

import pytest
import yaml
from support import POSIX, ROOT, execute

from kexplain.config.file import schema
from kexplain.version import __version__

PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HOME = PROJECT["urls"]["Homepage"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_every_file_speaks_of_this_version() -> None:
    versions = {
        path.name: set(re.findall(r"(?:\bversion: |/download/|^version = |==|/kexplain-)[v\"]*(\d+\.\d+\.\d+)", text.replace("_version: ", ""), re.MULTILINE))
        for path in PACKAGING.rglob("*.*")
        if path.is_file() and path.suffix != ".md" and (text := path.read_text(encoding="utf-8"))
    }
    said = {name: found for name, found in versions.items() if found}
    assert said.keys() >= {"kexplain.yaml", "kexplain.rb", "pyproject.toml"}
    assert {version for found in said.values() for version in found} == {__version__}


def test_every_file_gives_the_address_of_the_project() -> None:
    raw = HOME.replace("https://github.com", "https://raw.githubusercontent.com")
    for path in [*PACKAGING.rglob("*.yaml"), *PACKAGING.rglob("*.yml"), *PACKAGING.rglob("*.rb"), *PACKAGING.rglob("*.json")]:
        for address in re.findall(r"https://[\w.]*github\w*\.com/\S+", path.read_text(encoding="utf-8")):
            assert address.startswith((HOME, raw)), path
    assert all(url.startswith(HOME) for url in PROJECT["urls"].values())
    assert schema()["$id"] == json.loads((PACKAGING / "schemastore/catalog-entry.json").read_text())["url"]
    assert (ROOT / schema()["$id"].partition("/main/")[2]).is_file()


def test_the_mirror_has_the_hooks_of_the_project() -> None:
    ours, mirrored = (
        yaml.safe_load((folder / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        for folder in (ROOT, PACKAGING / "pre-commit-mirror")
    )
    assert ours == mirrored


def test_the_mirror_asks_for_the_release() -> None:
    project = tomllib.loads((PACKAGING / "pre-commit-mirror/pyproject.toml").read_text())["project"]
    assert project["dependencies"] == [f"kexplain=={__version__}"]
    assert project["requires-python"] == PROJECT["requires-python"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_one(path: Path) -> None:
    check = shutil.which("check-jsonschema", path=os.pathsep.join([str(Path(os.sys.executable).parent), os.environ["PATH"]]))
    if not check:
        pytest.skip("check-jsonschema is not installed here")
    done = execute(check, "--builtin-schema", "vendor.github-workflows", path, folder=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_may_write_more_than_its_work_needs(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    writing = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert all(writes.get("contents") != "write" for name, writes in writing.items() if name != "page")


@POSIX
def test_the_plugin_of_kubectl_is_kexplain(tmp_path: Path) -> None:
    plugin = PACKAGING / "kubectl-kexplain"
    assert plugin.stat().st_mode & stat.S_IXUSR
    fake = tmp_path / "kexplain"
    fake.write_text('#!/bin/sh\nprintf "%s|" "$@"\nexit 1\n')
    fake.chmod(0o755)
    done = execute(plugin, "lint", "a b.yaml", folder=tmp_path, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert (done.returncode, done.stdout) == (1, "lint|a b.yaml|")


@POSIX
def test_the_plugin_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
    done = execute(PACKAGING / "kubectl-kexplain", "lint", folder=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 2
    assert "pipx install kexplain" in done.stderr
