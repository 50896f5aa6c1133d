"""The text report by file, by rule and by object: the same findings, told in another order."""

from pathlib import Path

import pytest
from click.testing import Result
from support import run

from kexplain.catalogue.rule import rules
from kexplain.catalogue.severity import Severity
from kexplain.engine.finding import Finding, Related
from kexplain.engine.report import Report
from kexplain.objects.outcome import Identity
from kexplain.output.report_format import View, render
from kexplain.syntax.safe import clean
from kexplain.syntax.source import Source, place_of
from kexplain.syntax.tree import Span

POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: {name}, namespace: shop}}
spec:
  containers:
    - name: web
      image: {image}
      securityContext:
        privileged: true
"""
HOSTILE = "::error ::a\n::error::x ##[add-mask]\r\x1b[31m\u202e]]><script>'\"\t\u2028\ud800"
SELECT = "latest-image-tag,privileged-container"


@pytest.fixture
def pods(folder: Path) -> Path:
    """Three Pods in two files: five findings of two rules."""
    two = [POD.format(name="a", image="nginx:latest"), POD.format(name="b", image="nginx:1.27.0")]
    (folder / "ab.yaml").write_text("---\n".join(two))
    (folder / "c.yaml").write_text(POD.format(name="c", image="nginx:latest"))
    return folder


def lint(*arguments: str) -> Result:
    return run("lint", "--select", SELECT, "-q", "--color", "never", *arguments)


def starts(text: str, *beginnings: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginnings)]


def test_the_order_by_file_is_the_default(pods: Path) -> None:
    assert lint("--group-by", "file").stdout == lint().stdout
    assert len(starts(lint().stdout, "error[", "warning[")) == 5


def test_by_rule_each_rule_is_told_once_and_every_place_is_listed(pods: Path) -> None:
    text = lint("--group-by", "rule").stdout
    assert starts(text, "error[", "warning[") == [
        "error[privileged-container] Privileged container (3 errors)",
        "warning[latest-image-tag] Image with the tag latest (2 warnings)",
    ]
    assert text.count(" = why: ") == text.count(" = fix: ") == text.count(" = explain: ") == 2
    assert [line.partition(": container")[0] for line in starts(text, "  --> ")] == [
        "  --> ab.yaml:9:21", "  --> ab.yaml:19:21", "  --> c.yaml:9:21",
        '  --> ab.yaml:7:14: image "nginx:latest" of container "web" has the tag latest',
        '  --> c.yaml:7:14: image "nginx:latest" of container "web" has the tag latest',
    ]  # fmt: skip
    assert text.count("  19 |         privileged: true\n     |                     ^^^^\n") == 1


def test_by_object_each_object_has_its_findings(pods: Path) -> None:
    text = lint("--group-by", "object").stdout
    assert starts(text, "Pod ", "error[", "warning[") == [
        "Pod shop/a in ab.yaml (1 error, 1 warning)",
        'error[privileged-container] container "web" is privileged: it has all of root\'s power over its node',
        'warning[latest-image-tag] image "nginx:latest" of container "web" has the tag latest',
        "Pod shop/b in ab.yaml (1 error)",
        'error[privileged-container] container "web" is privileged: it has all of root\'s power over its node',
        "Pod shop/c in c.yaml (1 error, 1 warning)",
        'error[privileged-container] container "web" is privileged: it has all of root\'s power over its node',
        'warning[latest-image-tag] image "nginx:latest" of container "web" has the tag latest',
    ]
    assert " --> ab.yaml:7:14 in spec.containers[0].image\n" in text
    assert text.count(" = why: ") == 2


@pytest.mark.parametrize("order", ["file", "rule", "object"])
def test_concise_is_one_line_a_finding_in_every_order(pods: Path, order: str) -> None:
    lines = lint("--group-by", order, "-o", "concise").stdout.splitlines()
    assert lines == lint("-o", "concise").stdout.splitlines()
    assert len(lines) == 5


@pytest.mark.parametrize("order", ["rule", "object"])
def test_no_explanation_where_none_is_wanted(pods: Path, order: str) -> None:
    text = lint("--group-by", order, "--no-explain").stdout
    assert " = " not in text
    assert text.count("--> ") == 5


@pytest.mark.parametrize("order", ["file", "rule", "object"])
@pytest.mark.parametrize("width", ["60", "120"])
def test_no_source_line_is_wider_than_the_terminal(
    pods: Path, order: str, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    (pods / "c.yaml").write_text(POD.format(name="c", image=f"{'x' * 200}:latest"))
    shown = [line for line in lint("--group-by", order).stdout.splitlines() if " | " in line]
    assert max(map(len, shown)) <= int(width)
    assert any(len(line) == int(width) for line in shown)


@pytest.mark.parametrize("order", ["file", "rule", "object"])
def test_a_clean_run_says_nothing(order: str) -> None:
    assert "".join(render("text", Report({}, "1.37"), View(group_by=order))) == ""


def hostile() -> Report:
    source = Source(HOSTILE, f"# {HOSTILE}\nimage: x\n")
    span = Span(source.text.index("image"), source.text.index("image") + 5)
    place = place_of(source, span)
    rule = rules()["latest-image-tag"]
    identity = Identity("v1", HOSTILE, HOSTILE, HOSTILE)
    findings = [
        Finding(rule, severity, HOSTILE, place, identity, HOSTILE, source, (Related(place, HOSTILE),), span)
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    return Report({rule.id: rule}, "1.37", findings=findings)


@pytest.mark.parametrize("order", ["file", "rule", "object"])
@pytest.mark.parametrize("color", [False, True])
def test_names_of_a_manifest_command_neither_terminal_nor_runner(order: str, color: bool) -> None:
    text = "".join(render("text", hostile(), View(color=color, group_by=order)))
    bare = text.replace("\x1b[0m", "")
    for code in ("\x1b[31m", "\x1b[33m", "\x1b[1m"):
        bare = bare.replace(code, "") if color else bare
    assert clean(bare) == bare
    assert "##[" not in text
    assert not [line for line in bare.splitlines() if line.lstrip().startswith("::")]
    assert "\\x1b[31m" in text


def test_a_place_of_another_severity_than_its_rule_says_so() -> None:
    text = "".join(render("text", hostile(), View(group_by="rule")))
    assert starts(text, "error[", "warning[") == [
        "error[latest-image-tag] Image with the tag latest (1 error, 1 warning)"
    ]
    assert [": warning: " in line for line in starts(text, "  --> ")] == [False, True]
