"""Inside a job of GitHub or GitLab: what is written without being asked, and the names that files have in reports."""

import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import Result
from support import POD, run

FOUND = 'pod.yaml:4:40: warning[latest-image-tag] image "nginx:latest" of container "web" has the tag latest\n'
VARIABLES = ("GITHUB_", "GITLAB_", "CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "KEXPLAIN_")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests run in a job as well."""
    for name in os.environ:
        if name.startswith(VARIABLES):
            monkeypatch.delenv(name)


@pytest.fixture
def pod(folder: Path) -> Path:
    (folder / "pod.yaml").write_text(POD)
    return folder


@pytest.fixture
def step(pod: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A step of a workflow in the folder with the Pod; the file of its summary."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKFLOW", "manifests")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(pod))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(pod / "summary.md"))
    return pod / "summary.md"


def lint(*arguments: str) -> Result:
    return run("lint", "--select", "latest-image-tag", *(arguments or ["pod.yaml"]))


# without being asked


def test_a_step_gets_text_annotations_and_a_summary(step):
    done = lint()
    assert done.exit_code == 1
    text, _, annotation = done.stdout.rpartition("\n::")
    assert text.startswith("warning[latest-image-tag]")
    assert annotation.startswith("warning title=kexplain (latest-image-tag),file=pod.yaml,line=4,")
    assert "latest-image-tag" in step.read_text()


def test_a_summary_is_added_to_what_is_there(step):
    step.write_text("before\n")
    lint()
    assert step.read_text().startswith("before\n")
    assert step.read_text().count("# kexplain\n") == 1


def test_a_format_that_was_asked_for_is_all_there_is(step):
    assert lint("pod.yaml", "-o", "concise").stdout == FOUND
    assert not step.exists()


@pytest.mark.parametrize("source", ["variable", "file"])
def test_a_format_from_elsewhere_was_asked_for_too(step, source, pod, monkeypatch):
    if source == "variable":
        monkeypatch.setenv("KEXPLAIN_OUTPUT", "concise")
    else:
        (pod / ".kexplain.yaml").write_text("output: [concise]\n")
    assert lint().stdout == FOUND
    assert not step.exists()


@pytest.mark.parametrize(
    ("name", "value"), [("GITHUB_ACTIONS", "false"), ("GITHUB_ACTIONS", ""), ("GITHUB_WORKFLOW", "")]
)
def test_anywhere_else_there_is_text_only(step, name, value, monkeypatch):
    """Some programs set GITHUB_ACTIONS to look like a workflow, and show no annotations."""
    monkeypatch.setenv(name, value)
    done = lint()
    assert done.stdout.startswith("warning[latest-image-tag]")
    assert "::" not in done.stdout
    assert not step.exists()


def test_a_step_without_a_summary_file_gets_the_rest(step, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert "\n::warning " in lint().stdout


def test_a_summary_that_cannot_be_written_is_told(step, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step / "no" / "folder"))
    done = lint()
    assert done.exit_code == 2
    assert "cannot write" in done.stderr


def test_a_clean_run_says_so_in_the_summary(step, pod):
    (pod / "pod.yaml").write_text(POD.replace("latest", "1.27"))
    done = lint()
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing found." in step.read_text()


def test_another_command_writes_no_summary(step):
    run("annotate", "pod.yaml")
    assert not step.exists()


# colour


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False),
    ],
)
def test_a_job_is_no_reason_for_colour_and_no_color_beats_all_but_the_option(step, environment, coloured, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in lint().stdout) == coloured
    assert "\x1b[" in lint("pod.yaml", "--color", "always").stdout
    assert "\x1b[" not in lint("pod.yaml", "--color", "never").stdout
    assert "\x1b[" not in step.read_text()


# the names of files


def repository(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})


def names(folder: Path, *arguments: str) -> set[str]:
    """The names that the formats for repositories give the file, run in a folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        reports = {name: lint(*arguments, "-o", name).stdout for name in ("github", "gitlab", "sarif", "junit")}
    finally:
        os.chdir(before)
    (result,) = json.loads(reports["sarif"])["runs"][0]["results"]
    (issue,) = json.loads(reports["gitlab"])
    case = ET.fromstring(reports["junit"]).find(".//testcase[failure]")
    assert case is not None
    return {
        reports["github"].partition(",file=")[2].partition(",")[0],
        issue["location"]["path"],
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        case.attrib["file"],
    }


@pytest.fixture(params=["CI_PROJECT_DIR", "GITHUB_WORKSPACE"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job's folder with a Pod in a folder of it."""
    root = tmp_path / "project"
    (root / "deploy" / "web").mkdir(parents=True)
    (root / "deploy" / "web" / "pod.yaml").write_text(POD)
    monkeypatch.setenv(request.param, str(root))
    return root


def test_files_are_named_from_the_root_wherever_it_runs(workspace):
    repository(workspace)
    inside = {"deploy/web/pod.yaml"}
    assert names(workspace, "deploy") == inside
    assert names(workspace / "deploy", "web") == inside
    assert names(workspace / "deploy" / "web", "pod.yaml") == inside
    assert names(workspace / "deploy" / "web", "./pod.yaml") == inside
    assert names(workspace / "deploy" / "web", str(workspace / "deploy" / "web" / "pod.yaml")) == inside
    assert names(workspace.parent, str(workspace / "deploy")) == inside


def test_a_workspace_without_git_is_a_root(workspace):
    assert names(workspace / "deploy", "web") == {"deploy/web/pod.yaml"}


def test_a_checkout_in_a_folder_is_its_own_root_and_a_submodule_is_not(workspace):
    repository(workspace / "deploy")
    assert names(workspace / "deploy", "web") == {"web/pod.yaml"}
    assert names(workspace / "deploy" / "web", ".") == {"web/pod.yaml"}
    (workspace / "deploy" / "web" / ".git").write_text("gitdir: ../.git/modules/web\n")
    assert names(workspace / "deploy" / "web", ".") == {"web/pod.yaml"}
    repository(workspace)
    assert names(workspace / "deploy" / "web", ".") == {"deploy/web/pod.yaml"}


def test_a_workspace_may_be_named_by_a_link(workspace, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(workspace, target_is_directory=True)
    for name in ("CI_PROJECT_DIR", "GITHUB_WORKSPACE"):
        if name in os.environ:
            monkeypatch.setenv(name, str(tmp_path / "link"))
    assert names(tmp_path / "link" / "deploy", "web") == {"deploy/web/pod.yaml"}
    assert names(tmp_path, str(tmp_path / "link" / "deploy")) == {"deploy/web/pod.yaml"}
    assert names(tmp_path, str(workspace / "deploy")) == {"deploy/web/pod.yaml"}


def test_what_lies_elsewhere_keeps_its_name(workspace, tmp_path):
    (tmp_path / "project-2").mkdir()
    (tmp_path / "project-2" / "pod.yaml").write_text(POD)
    assert names(tmp_path / "project-2", "pod.yaml") == {"pod.yaml"}


def test_people_see_the_path_that_they_can_open(workspace, monkeypatch):
    monkeypatch.chdir(workspace / "deploy" / "web")
    assert lint("pod.yaml", "-o", "concise").stdout == FOUND
    assert json.loads(lint("pod.yaml", "-o", "json").stdout)["findings"][0]["path"] == "pod.yaml"


def test_outside_of_a_job_paths_stay_as_they_are(tmp_path):
    repository(tmp_path)
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "pod.yaml").write_text(POD)
    assert names(tmp_path / "deploy", "pod.yaml") == {"pod.yaml"}


def test_standard_input_is_no_file_and_a_name_for_it_is_one(workspace, monkeypatch):
    monkeypatch.chdir(workspace / "deploy")
    command = ["lint", "-", "--select", "latest-image-tag", "-o", "gitlab"]
    (issue,) = json.loads(run(*command, stdin=POD).stdout)
    assert issue["location"]["path"] == "stdin"
    (issue,) = json.loads(run(*command, "--stdin-filename", "web/pod.yaml", stdin=POD).stdout)
    assert issue["location"]["path"] == "deploy/web/pod.yaml"


def test_a_fingerprint_is_the_same_wherever_it_runs(workspace, monkeypatch):
    marks = set()
    for folder, path in ((workspace, "deploy"), (workspace / "deploy" / "web", "pod.yaml")):
        monkeypatch.chdir(folder)
        (issue,) = json.loads(lint(path, "-o", "gitlab").stdout)
        (result,) = json.loads(lint(path, "-o", "sarif").stdout)["runs"][0]["results"]
        marks |= {issue["fingerprint"], result["partialFingerprints"]["kexplain/v1"]}
    assert len(marks) == 1


def test_what_could_not_be_read_is_named_from_the_root_too(workspace, monkeypatch):
    (workspace / "deploy" / "bad.yaml").write_bytes(b"\xff")
    monkeypatch.chdir(workspace / "deploy")
    run = json.loads(lint("bad.yaml", "-o", "sarif").stdout)["runs"][0]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deploy/bad.yaml"
