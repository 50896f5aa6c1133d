"""Suppressions for other tools: which are read, what they cover, and that nobody obeys them unasked."""

from pathlib import Path

import pytest

from kexplain.config.settings import Settings
from kexplain.engine.report import Ground, Report
from kexplain.run.run import run
from kexplain.syntax.source import Source

RULES = ("missing-liveness-probe", "host-network", "latest-image-tag", "capabilities-not-dropped")
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  {metadata}
spec: {top}
  hostNetwork: true
  containers:
    - name: web {container}
      image: registry.example/web:latest
    - name: relay
      image: registry.example/relay:1.2.0
"""


def linted(metadata: str = "", top: str = "", container: str = "", *, head: str = "", honor: bool = True) -> Report:
    text = head + POD.format(metadata=metadata, top=top, container=container)
    settings = Settings(select=RULES, honor_foreign_suppressions=honor)
    return run(settings, [Source("web.yaml", text)])


def kept(report: Report) -> set[tuple[str, str]]:
    """Rule and container of what was kept back."""
    return {(one.finding.rule.id, one.finding.container) for one in report.suppressed if one.ground is Ground.FOREIGN}


PROBES = {("missing-liveness-probe", "web"), ("missing-liveness-probe", "relay")}
NETWORK = {("host-network", "")}
CAPABILITIES = {("capabilities-not-dropped", "web"), ("capabilities-not-dropped", "relay")}
EVERYTHING = PROBES | NETWORK | CAPABILITIES | {("latest-image-tag", "web")}


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("annotations: {ignore-check.kube-linter.io/no-liveness-probe: it is a batch}", PROBES),
        ("annotations: {kube-linter.io/ignore-all: legacy}", EVERYTHING - CAPABILITIES),
        ('annotations: {kube-score/ignore: "pod-probes, container-image-tag"}', PROBES | {("latest-image-tag", "web")}),
        ('annotations: {polaris.fairwinds.com/hostNetworkSet-exempt: "true"}', NETWORK),
        ('annotations: {polaris.fairwinds.com/hostNetworkSet-exempt: "false"}', set()),
        ('annotations: {polaris.fairwinds.com/exempt: "true"}', EVERYTHING),
        ("annotations: {checkov.io/skip1: CKV_K8S_8=not a server}", PROBES),
        ("labels: {audit.kubernetes.io/pod.allow-namespace-host-network: needed}", NETWORK),
        ("labels: {kubeaudit.io/allow-capability-chown: needed}", CAPABILITIES),
        (
            "labels: {container.kubeaudit.io/relay.allow-capability-chown: needed}",
            {("capabilities-not-dropped", "relay")},
        ),
        (
            "labels: {container.audit.kubernetes.io/web/allow-capability-chown: old}",
            {("capabilities-not-dropped", "web")},
        ),
        ("annotations: {ignore-check.kube-linter.io/of-no-rule: why}", set()),
        ("annotations: [ignore-check.kube-linter.io/no-liveness-probe]", set()),
    ],
)
def test_metadata(metadata: str, expected: set[tuple[str, str]]) -> None:
    assert kept(linted(metadata)) == expected
    assert kept(linted(metadata, honor=False)) == set()


def test_a_comment_for_checkov_holds_for_its_document() -> None:
    report = linted(top="# checkov:skip=CKV_K8S_19,CKV_K8S_8:a node agent")
    assert kept(report) == NETWORK | PROBES
    assert {one.words for one in report.suppressed} == {"foreign: checkov: a node agent"}


@pytest.mark.parametrize("id_", ["KSV-0009", "KSV009", "AVD-KSV-0009"])
def test_a_comment_for_trivy_above_an_object_holds_for_the_object(id_: str) -> None:
    assert kept(linted(head=f"# trivy:ignore:{id_}\n")) == NETWORK


def test_a_comment_for_trivy_in_a_block_holds_for_the_block() -> None:
    assert kept(linted(container="# trivy:ignore:KSV-0106")) == {("capabilities-not-dropped", "web")}


def test_a_comment_for_trivy_at_a_field_holds_for_the_field_and_what_is_below() -> None:
    assert kept(linted(top="# trivy:ignore:KSV-0106")) == CAPABILITIES
    assert kept(linted(top="\n  # trivy:ignore:KSV-0106")) == set()
    assert kept(linted(top="\n  # trivy:ignore:KSV-0009")) == NETWORK


def test_the_file_of_trivy_holds_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".trivyignore").write_text("# accepted\nAVD-KSV-0009\nKSV-0106 exp:2020-01-01\n", encoding="utf-8")
    assert kept(linted()) == NETWORK


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("id: KSV-0009", NETWORK),
        ('id: AVD-KSV-0009, paths: ["*.yaml"], statement: an agent', NETWORK),
        ("id: KSV-0009, expired_at: 2099-12-31", NETWORK),
        ("id: KSV-0009, expired_at: 2020-01-01", set()),
        ("id: KSV-0009, paths: [other/web.yaml]", set()),
        ("id: [KSV-0009], paths: 5", set()),
    ],
)
def test_the_yaml_file_of_trivy_holds_for_its_paths_until_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: str, left: set[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".trivyignore.yaml").write_text(f"misconfigurations:\n  - {{{entry}}}\n  - 7\n", encoding="utf-8")
    assert kept(linted()) == left


def test_a_comment_inside_a_text_is_none() -> None:
    assert kept(linted(metadata='annotations: {note: "# checkov:skip=CKV_K8S_19"}')) == set()


def test_no_suppress_obeys_none_of_them() -> None:
    text = POD.format(metadata="annotations: {kube-linter.io/ignore-all: x}", top="", container="")
    settings = Settings(select=RULES, honor_foreign_suppressions=True, suppress=False)
    assert run(settings, [Source("web.yaml", text)]).suppressed == []
