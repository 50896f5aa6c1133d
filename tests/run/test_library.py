"""kexplain in a program: the four functions, what they return, and that they are silent."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import BLOCK_POD, ROOT

import kexplain

LATEST = "latest-image-tag"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "pod.yaml").write_text(BLOCK_POD)
    return folder


@pytest.mark.parametrize("paths", [(), (".",), ("pod.yaml",), (Path("pod.yaml"),), ("pod.yaml", Path())])
def test_lint(folder: Path, paths: tuple[str | Path, ...]) -> None:
    report = kexplain.lint(*paths, select=[LATEST])
    (finding,) = report.findings
    assert finding.place == ("pod.yaml", 7, 12, 7, 24)
    assert (finding.rule.id, finding.severity, finding.container) == (LATEST, kexplain.Severity.WARNING, "c")
    assert (finding.identity.kind, finding.field_path) == ("Pod", "spec.containers[0].image")
    (outcome,) = report.outcomes
    assert (outcome.path, outcome.status, outcome.kind) == ("pod.yaml", kexplain.Status.CHECKED, "Pod")


def test_lint_text(folder: Path) -> None:
    assert [f.place.path for f in kexplain.lint(text=BLOCK_POD, select=[LATEST]).findings] == ["<text>"]
    assert [f.place.path for f in kexplain.lint("pod.yaml", text=BLOCK_POD, select=[LATEST]).findings] == [
        "<text>",
        "pod.yaml",
    ]


def test_choices(folder: Path) -> None:
    assert [f.severity for f in kexplain.lint(select=[LATEST], severity={"images": "error"}).findings] == ["error"]
    assert kexplain.lint(select=[LATEST], min_severity="error").findings == []
    assert kexplain.lint(kubernetes_version="1.29").kubernetes_version == "1.29"
    assert not [f for f in kexplain.lint(ignore=["images"]).findings if f.rule.category == "images"]


def test_a_configuration_is_taken_when_it_is_named(folder: Path) -> None:
    (folder / ".kexplain.yaml").write_text(f"select: [{LATEST}]\nkubernetes-version: '1.30'\nfail-on: error\n")
    assert kexplain.lint().kubernetes_version == "1.37"
    report = kexplain.lint(config=Path(".kexplain.yaml"))
    assert ([f.rule.id for f in report.findings], report.kubernetes_version) == ([LATEST], "1.30")
    assert kexplain.lint(config=".kexplain.yaml", kubernetes_version="1.31").kubernetes_version == "1.31"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: kexplain.lint("no.yaml"), "no such file or folder: no.yaml"),
        (lambda: kexplain.lint(select=["latest-image-tags"]), f"did you mean '{LATEST}'?"),
        (lambda: kexplain.lint(profile="strict"), "no profile is called 'strict'; there are recommended"),
        (lambda: kexplain.lint(kubernetes_version="one"), "'one' is not a Kubernetes version; write 1.37"),
        (lambda: kexplain.annotate(kubernetes_version="one"), "'one' is not a Kubernetes version; write 1.37"),
        (lambda: kexplain.lint(select=LATEST), f"select must be a list of texts, not '{LATEST}'"),
        (lambda: kexplain.lint(exclude="gen"), "exclude must be a list of texts, not 'gen'"),
        (lambda: kexplain.lint(min_severity="high"), "min-severity must be one of info, warning, error, not 'high'"),
        (lambda: kexplain.lint(severity={LATEST: "high"}), f"severity.{LATEST} must be one of error, warning, info"),
        (lambda: kexplain.lint(overrides=[{"ignore": ["all"]}]), "overrides[0] needs 'reason'"),
        (lambda: kexplain.lint(config="no.yaml"), "cannot read the configuration no.yaml"),
        (lambda: kexplain.explain("deploymnt"), "'deploymnt' is neither a term"),
        (lambda: kexplain.annotate("no.yaml"), "no such file or folder: no.yaml"),
    ],
)
def test_mistakes_of_the_caller(folder: Path, call, words: str) -> None:
    with pytest.raises(kexplain.InputError) as caught:
        call()
    assert words in str(caught.value)


def test_a_setting_that_there_is_not() -> None:
    with pytest.raises(TypeError, match="profil"):
        kexplain.lint(profil="pedantic")


def test_suggestions() -> None:
    with pytest.raises(kexplain.UnknownNameError) as caught:
        kexplain.explain("deploymnt")
    assert "deployment" in caught.value.suggestions


def test_annotate(folder: Path) -> None:
    one, other = kexplain.annotate("pod.yaml", text=BLOCK_POD)
    assert (one.source.path, other.source.path) == ("pod.yaml", "<text>")
    found = {a.field_path: a for a in one.objects[0].annotations}
    assert found["spec.containers[0].image"].value == "nginx:latest"
    assert found["kind"].term == "pod"
    assert one.source.place(found["spec"].span.start) == (4, 1)


def test_explain() -> None:
    assert [e.title for e in kexplain.explain("po")] == ["Pod"]
    assert kexplain.explain("removed-api-version")[0].kind == "rule"


def test_render(folder: Path) -> None:
    report = kexplain.lint(select=[LATEST])
    assert kexplain.render(report, "concise").startswith(f"pod.yaml:7:12: warning[{LATEST}] ")
    assert json.loads(kexplain.render(report, "json"))["findings"][0]["rule"] == LATEST
    assert "\x1b[" in kexplain.render(report, color=True)
    assert "\x1b[" not in kexplain.render(report)


def test_it_says_nothing(folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKFLOW", "w")
    monkeypatch.setenv("KEXPLAIN_PROFILE", "pedantic")
    report = kexplain.lint(text="a: [")
    kexplain.render(report, "text")
    assert tuple(capfd.readouterr()) == ("", "")
    assert [f.rule.id for f in report.findings] == ["unparseable-yaml"]
    assert set(kexplain.lint().rules) == set(kexplain.lint(profile="recommended").rules)


def test_importing_it_imports_nothing_else() -> None:
    code = "import sys, kexplain; print([m for m in sys.modules if m.startswith('kexplain.')], kexplain.__version__)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == f"['kexplain.version'] {kexplain.__version__}\n"
    assert {name for name in kexplain.__all__ if not hasattr(kexplain, name)} == set()
    with pytest.raises(AttributeError, match="no attribute 'lnt'"):
        kexplain.lnt  # noqa: B018


def test_it_stays_a_function_after_the_command_ran() -> None:
    code = "import kexplain, kexplain.cli.commands.lint, kexplain.engine.linter; print(callable(kexplain.lint))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


@pytest.mark.parametrize(
    "code", re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "library.md").read_text(), re.DOTALL)
)
def test_the_examples_of_the_guide_run(folder: Path, code: str) -> None:
    (folder / "deploy").mkdir()
    (folder / "deploy" / "pod.yaml").write_text(BLOCK_POD + "    securityContext: {privileged: true}\n")
    out = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout
    assert len(out) > 50


def test_files_that_the_configuration_builds_on_are_kexplains_own(folder: Path) -> None:
    (folder / "base.yaml").write_text(f"select: [{LATEST}]\n")
    (folder / "main.yaml").write_text("extends: base.yaml\n")
    report = kexplain.lint(config="main.yaml")
    assert {"base.yaml", "main.yaml"}.isdisjoint(outcome.path for outcome in report.outcomes)


def test_explain_reads_no_file(folder: Path) -> None:
    for name in ("pod.yaml:2", "pod.yaml", str(folder / "pod.yaml:2")):
        with pytest.raises(kexplain.UnknownNameError, match="is neither a term"):
            kexplain.explain(name)


def test_a_line_of_a_text_is_explained() -> None:
    (found,) = kexplain.explain("web.yaml:2", text=BLOCK_POD)
    assert (found.name, found.kind, found.title, found.at) == ("web.yaml:2", "place", "Pod", ["kind"])
    with pytest.raises(kexplain.UnknownNameError, match=r"web.yaml:99: the file has 7 lines"):
        kexplain.explain("web.yaml:99", text=BLOCK_POD)
    with pytest.raises(kexplain.InputError, match=r"'web.yaml' is no line of a text; write web.yaml:12"):
        kexplain.explain("web.yaml", text=BLOCK_POD)
