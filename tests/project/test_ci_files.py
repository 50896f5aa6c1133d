"""What people copy into their pipelines: every command line is one, every file is what its system reads, every script runs.

The action and the GitLab component run here as their runners would run them, with bash and real git; installing them is
tried where pip reaches an index. The schemas of the systems come with check-jsonschema.
"""

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from support import BAD, ROOT, copy_checkout, execute, no_index

from kexplain.cli.main import cli
from kexplain.cli.options import FORMATS

DOCS = sorted((ROOT / "docs").glob("*.md"))
EXAMPLES = sorted(path for path in (ROOT / "examples" / "ci").rglob("*") if path.is_file())
PIPELINES = [path for path in EXAMPLES if path.suffix in {".yml", ".yaml"}]
COMPONENT = ROOT / "examples" / "ci" / "gitlab-component" / "templates" / "kexplain.yml"
KEXPLAIN = Path(sys.executable).parent / "kexplain"

needs_bash = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="needs bash")


# command lines

CALL = re.compile(r'(?:^ *|[|&($/-] ?|(?:run|script|entry): |=\S* )kexplain"? +(?=[a-z-])(.*)')
"""kexplain where a command may stand, and a word after it that is a command or an option."""
FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def code_of(markdown: str) -> Iterator[str]:
    """The lines of the code blocks that hold commands, and the inline code."""
    for language, block in FENCE.findall(markdown):
        lines = block.replace("\\\n", " ").splitlines()
        if language == "console" and any(line.startswith("$ ") for line in lines):
            lines = [line for line in lines if line.startswith("$ ")]
        if language in {"sh", "console", "bash", "yaml", "make", "lua", "vim", "json"}:
            yield from (line for line in lines if not line.lstrip().startswith(("#", "//")))
    for line in FENCE.sub("", markdown).splitlines():
        for span in re.findall(r"`([^`]+)`", line):
            yield span.replace(r"\|", "|")


def words_of(call: str) -> list[str]:
    """The words of a command, up to where the shell would end it."""
    lexer = shlex.shlex(call, posix=True, punctuation_chars="|&;<>()")
    lexer.whitespace_split = True
    words = []
    for word in iter(lexer.get_token, None):
        if set(word) <= set("|&;<>()") and word:
            break
        words.append(word)
    return words


def calls() -> list[Any]:
    """Every call of kexplain in the guides and the examples, with the file it stands in."""
    found = []
    for path in (*DOCS, ROOT / "README.md"):
        found += [
            (path.name, call) for code in code_of(path.read_text(encoding="utf-8")) for call in CALL.findall(code)
        ]
    for path in EXAMPLES:
        lines = [re.sub(r"(^|\s)(#|//) .*", "", line) for line in path.read_text(encoding="utf-8").splitlines()]
        found += [(path.name, call) for line in lines for call in CALL.findall(line)]
    return [pytest.param(call, id=f"{name}: {' '.join(call.split())}") for name, call in dict.fromkeys(found)]


def parse(words: list[str]) -> click.Context:
    """What click makes of a call; raises what it says of a wrong one."""
    if words[0].startswith("-"):
        return cli.make_context("kexplain", words)
    command: click.Command | None = cli
    context, rest = click.Context(cli, info_name="kexplain"), words
    while isinstance(command, click.Group) and rest:
        name, command, rest = command.resolve_command(context, rest)
    assert command is not None
    return command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("call", calls())
def test_every_command_line_is_one(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = words_of(call)
    for option, value in pairwise(words):
        if option == "--config":
            (tmp_path / value).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / value).write_text("", encoding="utf-8")
    for word in words:
        if word.strip("[]") == "FOLDER":
            (tmp_path / word).mkdir()
    # A text may name a command without its arguments, or an option without its value; --help ends.
    with suppress(click.MissingParameter, click.BadOptionUsage, click.exceptions.Exit):
        parse(words)


def test_command_lines_are_found_where_they_are():
    assert len(calls()) > 50
    assert {mark.id.partition(":")[0] for mark in calls()} >= {
        "ci.md",
        "usage.md",
        "gitlab-ci.yml",
        "Jenkinsfile",
        "argo-cd.yml",
    }
    assert list(code_of("```sh\na \\\n  b\n```\n`c \\| d`")) == ["a    b", "c | d"]
    assert words_of("lint 'a b' -o json | jq '.") == ["lint", "a b", "-o", "json"]
    assert words_of('completion bash)"') == ["completion", "bash"]
    with pytest.raises(click.UsageError):
        parse(["lint", "--no-such-option"])
    with pytest.raises(click.UsageError):
        parse(["lint", "-o", "no-such-format"])


def commands() -> dict[str, click.Command]:
    return {name: command for name in cli.list_commands(None) if (command := cli.get_command(None, name))}


def options_of(command: click.Command) -> set[str]:
    return {option for p in command.params if isinstance(p, click.Option) for option in (*p.opts, *p.secondary_opts)}


@pytest.mark.parametrize("name", ["ci.md", "usage.md"])
def test_options_that_a_guide_names_exist(name):
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    known = set().union(*(options_of(command) for command in commands().values()), {"-h", "--help", "-V", "--version"})
    spans = [
        span
        for span in re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
        if not re.match(r"(git|docker|pip|helm|python) |--build-arg|-I$", span)
    ]
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(spans)))
    assert named - known == set()
    assert {"--fail-on", "--strict", "--exit-zero", "-o"} <= named


def test_usage_names_every_command_option_and_format():
    text = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])--?[\w-]+", text))
    assert options_of(commands()["lint"]) - named == set()
    assert [name for name in commands() if f"`kexplain {name}" not in text] == []
    assert [
        name for name in FORMATS if f"| `{name}` |" not in (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    ] == []


def test_usage_names_every_variable_that_the_console_reads():
    text = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
    source = (ROOT / "src" / "kexplain" / "cli" / "console.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"([A-Z][A-Z_]{1,})"', source))
    assert {"NO_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"} <= read
    assert [name for name in sorted(read) if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("variable", "value", "ends"),
    [
        ("KEXPLAIN_SELECT", "latest-image-tag", 1),
        ("KEXPLAIN_FAIL_ON", "never", 0),
        ("KEXPLAIN_FAIL_ON", "", 1),
        ("KEXPLAIN_FAIL_ON", "x", 2),
    ],
)
def test_an_option_may_be_a_variable(variable, value, ends, tmp_path):
    (tmp_path / "pod.yaml").write_text(BAD)
    done = execute(KEXPLAIN, "lint", "-o", "concise", folder=tmp_path, **{variable: value})
    assert done.returncode == ends
    assert (done.stdout.count("\n") == 1) == (variable == "KEXPLAIN_SELECT")


# files that other systems read


def check(schema: str, *paths: Path) -> None:
    """Holds files against a schema that comes with check-jsonschema."""
    pytest.importorskip("check_jsonschema")
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *transform, *map(str, paths)],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.name)
def test_every_example_is_yaml(path):
    assert all(isinstance(document, dict) for document in yaml.safe_load_all(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_example_of_a_guide_is_yaml_or_json(path):
    for language, block in FENCE.findall(path.read_text(encoding="utf-8")):
        if language in {"yaml", "json"}:
            list(yaml.safe_load_all(block))


def test_action_is_one():
    check("github-actions", ROOT / "action.yml")


def test_workflows_are_such():
    check("github-workflows", ROOT / "examples/ci/github-actions.yml", ROOT / "examples/ci/argo-cd.yml")


def test_gitlab_job_is_one(tmp_path):
    check("gitlab-ci", ROOT / "examples/ci/gitlab-ci.yml")
    job = tmp_path / ".gitlab-ci.yml"
    job.write_text(component())
    check("gitlab-ci", job)


def test_azure_pipeline_is_one(tmp_path):
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (block,) = [block for _, block in FENCE.findall(text) if "PublishTestResults" in block]
    (tmp_path / "azure-pipelines.yml").write_text(block)
    check("azure-pipelines", tmp_path / "azure-pipelines.yml")


@pytest.mark.parametrize("profile", ["recommended", "pss-restricted"])
def test_the_cron_job_is_what_we_ask_of_others(profile, tmp_path):
    done = execute(
        KEXPLAIN,
        "lint",
        "--no-config",
        "--profile",
        profile,
        ROOT / "examples/ci/cluster-cronjob.yaml",
        folder=tmp_path,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert done.stderr.startswith("nothing found in 4 objects")


def test_the_cron_job_calls_kexplain_and_finds_its_kubeconfig():
    *_, config, job = yaml.safe_load_all((ROOT / "examples/ci/cluster-cronjob.yaml").read_text(encoding="utf-8"))
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    params = parse(container["args"]).params
    assert params["cluster"]
    assert params["namespaces"] == (job["metadata"]["namespace"],)
    (mount,) = [mount for mount in container["volumeMounts"] if mount["name"] == "kubeconfig"]
    (file,) = config["data"]
    assert container["env"] == [{"name": "KUBECONFIG", "value": f"{mount['mountPath']}/{file}"}]
    kubeconfig = yaml.safe_load(config["data"][file])
    assert kubeconfig["current-context"] in {context["name"] for context in kubeconfig["contexts"]}


CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: production
"""


@pytest.mark.skipif(not (shutil.which("kustomize") or shutil.which("kubectl")), reason="needs kustomize or kubectl")
@pytest.mark.parametrize(
    ("resource", "text", "ends"), [("a.yaml", CONFIG, 0), ("a.yaml", BAD, 1), ("gone.yaml", CONFIG, 1)]
)
def test_workflow_for_argo_cd_fails_for_what_it_would_apply_and_for_what_it_could_not_build(
    tmp_path, resource, text, ends
):
    *_, step = load(ROOT / "examples/ci/argo-cd.yml")["jobs"]["render"]["steps"]
    folder = tmp_path / "environments" / "staging" / "web"
    folder.mkdir(parents=True)
    (folder.parent / "values.yaml").write_text("replicas: 3\n")
    (folder / "kustomization.yaml").write_text(f"kind: Kustomization\nresources: [{resource}]\nnamePrefix: staging-\n")
    (folder / "a.yaml").write_text(text)
    path = f"{KEXPLAIN.parent}{os.pathsep}{os.environ['PATH']}"
    done = execute("sh", "-e", "-c", step["run"], folder=tmp_path, ENVIRONMENT="staging", PATH=path)
    assert done.returncode == ends, done.stdout + done.stderr
    assert ("environments/staging/web/a.yaml:6:12" in done.stdout) == (text is BAD)


# the workflow and the action of GitHub


@cache
def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


ACTION = load(ROOT / "action.yml")
INSTALL, LINT = ACTION["runs"]["steps"]


def test_workflow_uploads_what_it_found_even_when_it_fails():
    workflow = load(ROOT / "examples/ci/github-actions.yml")
    *_, lint, upload = workflow["jobs"]["kexplain"]["steps"]
    assert set(lint["with"]) <= set(ACTION["inputs"])
    assert upload["if"].startswith("always()")
    assert upload["with"]["sarif_file"] == lint["with"]["sarif-file"]
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}


def test_guide_names_every_input_and_output_of_the_action():
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    section = text[text.index("## GitHub") : text.index("## GitLab")]
    assert [name for name in (*ACTION["inputs"], *ACTION["outputs"]) if f"`{name}`" not in section] == []


@pytest.mark.parametrize("path", [ROOT / "action.yml", *PIPELINES], ids=lambda path: path.name)
def test_nothing_from_outside_becomes_part_of_a_script(path):
    """A branch may be called ``$(…)``: what GitHub or GitLab fill in belongs into variables."""
    documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    scripts = [text for document in documents for text in scripts_of(document)]
    assert [text for text in scripts if "${{" in text or "$[[" in text] == []


def scripts_of(node: Any) -> Iterator[str]:
    """Every script in a pipeline's file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"run", "script", "before_script"}:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from scripts_of(value)
    elif isinstance(node, list):
        for item in node:
            yield from scripts_of(item)


@pytest.mark.parametrize("step", [INSTALL, LINT], ids=["install", "lint"])
def test_shellcheck_has_nothing_to_say_of_the_action(step, tmp_path):
    shellcheck = shutil.which("shellcheck", path=f"{KEXPLAIN.parent}{os.pathsep}{os.environ['PATH']}")
    if not shellcheck:
        pytest.skip("shellcheck is not installed here")
    (tmp_path / "step").write_text("#!/usr/bin/env bash\nset -eo pipefail\n" + step["run"])
    done = execute(shellcheck, "step", folder=tmp_path)
    assert done.returncode == 0, done.stdout


Run = subprocess.CompletedProcess[str]


def git(folder: Path, *arguments: object) -> str:
    done = execute("git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


class Workspace:
    """A checkout on a runner of GitHub, and the files through which a step speaks with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder / "work", folder / "runner"
        self.files.mkdir()
        self.folder.mkdir()
        git(self.folder, "init", "-q", "-b", "main")

    def step(self, step: dict[str, Any], inputs: dict[str, str], **environment: str) -> Run:
        """Runs a step of the action as the runner does: inputs in, variables out, in its shell."""
        values = {name: str(spec["default"]) for name, spec in ACTION["inputs"].items()} | inputs
        (self.files / "script.sh").write_text(step["run"])
        for name in ("output", "summary"):
            (self.files / name).write_text("")
        filled = {name: self.fill(text, values) for name, text in step.get("env", {}).items()}
        return execute(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", self.files / "script.sh",
            folder=self.folder / self.fill(step.get("working-directory", "."), values),
            GITHUB_ACTIONS="true", GITHUB_WORKFLOW="manifests", GITHUB_WORKSPACE=str(self.folder), CI="true",
            GITHUB_OUTPUT=str(self.files / "output"), GITHUB_STEP_SUMMARY=str(self.files / "summary"),
            RUNNER_TEMP=str(self.files), **filled, **environment,
        )  # fmt: skip

    @staticmethod
    def fill(text: str, values: dict[str, str]) -> str:
        """An expression of the action, evaluated."""
        text = text.replace("${{ steps.install.outputs.command }}", str(KEXPLAIN))
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)

    def lint(self, environment: dict[str, str] | None = None, /, **inputs: str) -> Run:
        """The step that lints; inputs with underscores for dashes."""
        return self.step(LINT, {name.replace("_", "-"): value for name, value in inputs.items()}, **environment or {})

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in (self.files / "output").read_text().splitlines())

    @property
    def summary(self) -> str:
        return (self.files / "summary").read_text()

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def annotated(done: Run) -> list[str]:
    """The files that annotations name."""
    return re.findall(r"^::\w+ title=kexplain \([^)]*\),file=([^,]*),", done.stdout, re.MULTILINE)


@needs_bash
def test_action_reports_one_run_in_every_way(workspace):
    workspace.write("deploy/web.yaml", BAD)
    done = workspace.lint(paths="deploy/", sarif_file="out.sarif", kubernetes_version="1.32")
    assert done.returncode == 1, done.stderr
    assert "warning[host-pid]" in done.stdout
    assert set(annotated(done)) == {"deploy/web.yaml"}
    assert "deploy/web.yaml" in workspace.summary
    assert "Kubernetes 1.32" in done.stderr
    results = json.loads((workspace.folder / "out.sarif").read_text())["runs"][0]["results"]
    assert workspace.outputs == {"exit-code": "1", "findings": str(len(results)), "sarif-file": "out.sarif"}
    assert len(results) == len(annotated(done)) > 1


@needs_bash
def test_action_passes_a_clean_repository(workspace):
    workspace.write("values.yaml", "a: 1\n")
    done = workspace.lint()
    assert done.returncode == 0, done.stderr
    assert workspace.outputs == {"exit-code": "0", "findings": "0", "sarif-file": ""}
    assert "Nothing found." in workspace.summary


@needs_bash
def test_action_takes_paths_by_line_and_args_as_a_shell_would(workspace):
    workspace.write("a b/web.yaml", BAD)
    workspace.write("--config", BAD)
    workspace.write("c.yaml", BAD)
    done = workspace.lint(
        paths="a b\n\n--config\n",
        args="--select host-pid --exclude 'no $(touch x) file'\n--statistics",
        fail_on="never",
    )
    assert done.returncode == 0, done.stderr
    assert annotated(done) == ["--config", "a b/web.yaml"]
    assert "2  host-pid" in done.stderr
    assert not (workspace.folder / "x").exists()


@needs_bash
@pytest.mark.parametrize(
    ("inputs", "words"),
    [({"args": "--select 'oops"}, "quote"), ({"paths": "nowhere/"}, "nowhere"), ({"profile": "strict"}, "strict")],
)
def test_action_fails_when_it_is_misused(workspace, inputs, words):
    workspace.write("web.yaml", BAD)
    done = workspace.lint(**inputs)
    assert done.returncode not in {0, 1} or "quote" in done.stderr
    assert words in done.stderr
    assert "host-pid" not in done.stdout


@needs_bash
def test_action_runs_in_the_folder_of_a_checkout(workspace):
    shutil.rmtree(workspace.folder / ".git")
    workspace.write("app/deploy/web.yaml", BAD)
    git(workspace.folder / "app", "init", "-q")
    done = workspace.lint(working_directory="app", paths="deploy", sarif_file="out.sarif")
    assert done.returncode == 1
    assert set(annotated(done)) == {"deploy/web.yaml"}
    assert workspace.outputs["sarif-file"] == "app/out.sarif"
    assert (workspace.folder / "app/out.sarif").is_file()


@needs_bash
def test_action_reports_what_a_pull_request_changes(workspace):
    """The clone is shallow, as actions/checkout makes it: the target branch has to be fetched."""
    workspace.write("old.yaml", BAD)
    git(workspace.folder, "add", "-A")
    git(workspace.folder, "commit", "-q", "-m", "old")
    git(workspace.folder, "checkout", "-q", "-b", "topic")
    workspace.write("new.yaml", BAD.replace("web", "shop"))
    git(workspace.folder, "add", "-A")
    git(workspace.folder, "commit", "-q", "-m", "new")
    origin = workspace.folder.rename(workspace.folder.parent / "origin")
    git(origin.parent, "clone", "-q", "--depth=1", "--branch=topic", origin.as_uri(), workspace.folder)
    assert "main" not in git(workspace.folder, "branch", "-r")
    done = workspace.lint({"GITHUB_BASE_REF": "main"}, only_changed="true")
    assert done.returncode == 1, done.stderr
    assert set(annotated(done)) == {"new.yaml"}
    assert set(annotated(workspace.lint({"GITHUB_BASE_REF": "main"}))) == {"new.yaml", "old.yaml"}
    assert set(annotated(workspace.lint({"GITHUB_BASE_REF": ""}, only_changed="true"))) == {"new.yaml", "old.yaml"}


@needs_bash
def test_action_says_that_there_is_no_python(workspace):
    (workspace.files / "bin").mkdir()
    for name in ("python3", "python"):
        (workspace.files / "bin" / name).write_text("#!/bin/sh\nexit 1\n")
        (workspace.files / "bin" / name).chmod(0o755)
    (workspace.files / "bin" / "bash").symlink_to(shutil.which("bash"))
    done = workspace.step(INSTALL, {}, PATH=str(workspace.files / "bin"), GITHUB_ACTION_PATH=str(ROOT))
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=kexplain::There is no Python 3.11 or newer here.")


@needs_bash
def test_action_installs_itself_and_imports_nothing_of_the_repository(workspace, tmp_path):
    if no_index():
        pytest.skip(no_index())
    for name in ("venv.py", "pip.py", "sys.py", "click.py"):
        workspace.write(name, "raise SystemExit('imported')\n")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = workspace.step(INSTALL, {}, PATH=path, GITHUB_ACTION_PATH=str(copy_checkout(tmp_path / "action")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == ""
    said = execute(workspace.outputs["command"], "--version", folder=workspace.folder)
    assert said.stdout.startswith("kexplain "), said.stderr


# the component of GitLab


def component(**inputs: str) -> str:
    """The component as GitLab fills it in."""
    spec, _ = yaml.safe_load_all(COMPONENT.read_text(encoding="utf-8"))
    values = {name: entry["default"] for name, entry in spec["spec"]["inputs"].items()} | inputs
    text = COMPONENT.read_text(encoding="utf-8").partition("\n---\n")[2]
    return re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: str(values[found[1]]).replace("False", "false"), text)


def test_component_gives_every_input_a_type_that_its_default_has():
    spec, _ = yaml.safe_load_all(COMPONENT.read_text(encoding="utf-8"))
    for entry in spec["spec"]["inputs"].values():
        assert isinstance(entry["default"], bool if entry.get("type") == "boolean" else str)
        assert entry["default"] in entry.get("options", [entry["default"]])


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_component_writes_the_reports_that_its_artifacts_name(tmp_path):
    project = tmp_path / "project"
    (project / "deploy").mkdir(parents=True)
    (project / "deploy" / "web.yaml").write_text(BAD)
    (project / "other.yaml").write_text(BAD)
    (job,) = yaml.safe_load(
        component(paths="deploy/*.yaml", **{"fail-on": "never", "kubernetes-version": "1.32"})
    ).values()
    venv, install, *script = job["script"]
    assert (venv, install) == (
        "python -I -m venv /tmp/kexplain",  # -I: the checkout lies in the current folder
        '/tmp/kexplain/bin/pip install --quiet --disable-pip-version-check "$LINT_PACKAGE"',
    )
    text = "\n".join(script).replace("/tmp/kexplain/bin/kexplain", shlex.quote(str(KEXPLAIN)))
    done = execute(
        "sh",
        "-e",
        "-c",
        text,
        folder=project,
        CI_PROJECT_DIR=str(project),
        GITLAB_CI="true",
        CI="true",
        **job["variables"],
    )
    assert done.returncode == 0, done.stderr
    assert "Kubernetes 1.32" in done.stderr
    issues = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text())
    assert {issue["location"]["path"] for issue in issues} == {"deploy/web.yaml"}
    junit = (project / job["artifacts"]["reports"]["junit"]).read_text()
    assert ("<failure" in junit, "<system-out" in junit) == (False, True)  # as nothing fails the job


# the image


def instructions() -> list[tuple[str, str]]:
    """Name and arguments of every instruction of the Dockerfile."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = io.StringIO(text.replace("\\\n", " "))
    return [(line.split(None, 1)[0], line.split(None, 1)[1].strip()) for line in lines if line.strip()]


def test_image_starts_kexplain_itself_as_nobody():
    found = instructions()
    known = {"FROM", "WORKDIR", "COPY", "ARG", "RUN", "LABEL", "ENV", "USER", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in found} <= known
    last = max(number for number, (name, _) in enumerate(found) if name == "FROM")
    final = dict(found[last:])
    assert json.loads(final["ENTRYPOINT"]) == ["kexplain"]
    assert parse_quietly(json.loads(final["CMD"])) == 0
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", final["USER"])
    assert final["WORKDIR"] == "/work"
    assert "RUN" not in final
    assert {text.partition(" AS ")[0] for name, text in found if name == "FROM"} == {final["FROM"]}, (
        "one Python builds and runs"
    )


def parse_quietly(words: list[str]) -> int:
    """The exit code of words that only print something."""
    with pytest.raises(click.exceptions.Exit) as done:
        parse(words)
    return done.value.exit_code


def test_context_of_the_image_holds_what_is_copied_and_no_more():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        name for kind, text in instructions() if kind == "COPY" and "--from" not in text for name in text.split()[:-1]
    }
    assert copied == wanted
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert "*" in ignored


@pytest.mark.skipif(os.name == "nt", reason="its paths are those of Linux")
def test_image_is_built_by_commands_that_work(tmp_path):
    if no_index():
        pytest.skip(no_index())
    source, target = tmp_path / "src", tmp_path / "kexplain"
    source.mkdir()
    for kind, text in instructions():
        if kind == "COPY" and "--from" not in text:
            for name in text.split()[:-1]:
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, source / name)
    shutil.rmtree(source / "src" / "kexplain" / "_data", ignore_errors=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for kind, text in instructions():
        if kind == "RUN":
            done = execute("sh", "-c", text.replace("/opt/kexplain", str(target)), folder=source, EXTRAS="", PATH=path)
            assert done.returncode == 0, done.stdout + done.stderr
    assert not (target / "bin" / "pip").exists()
    (tmp_path / "pod.yaml").write_text(BAD)
    done = execute(target / "bin" / "kexplain", "lint", "-o", "concise", folder=tmp_path)
    assert done.returncode == 1
    assert "[host-pid]" in done.stdout
