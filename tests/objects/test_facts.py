"""Facts are values: a copy from another process is judged like what was read, and says the same of who is there."""

import pickle
from pathlib import Path

import pytest
from support import ROOT, SHARED

from kexplain.catalogue.selection import select
from kexplain.config.settings import Settings
from kexplain.engine import linter
from kexplain.engine.linter import Options, lint, related_findings
from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.run.gather import gather
from kexplain.syntax.source import Source

SET = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: runner
      containers:
      - name: web
        image: registry.example/web:1
        envFrom: [{configMapRef: {name: settings}}]
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {a: b}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: other}, data: {a: b}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: runner, namespace: shop}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 4}
---
{apiVersion: v1, kind: Namespace, metadata: {name: alone}}
"""


def workspace_of(sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> tuple[Workspace, list[Source]]:
    """The facts of a run, and its sources."""
    caught: list[tuple[Workspace, list[Source]]] = []

    def catching(workspace: Workspace, sources: list[Source], rules: object) -> object:
        caught.append((workspace, sources))
        return related_findings(workspace, sources, rules)  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "related_findings", catching)
    lint(sources, Options(select("pedantic"), complete=True))
    return caught[0]


@pytest.mark.parametrize("folder", [ROOT / "examples", SHARED / "corpus"], ids=["examples", "corpus"])
def test_a_copy_of_the_facts_is_judged_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}")
    given = [source for source in gather(Settings((str(folder),))) if isinstance(source, Source)]
    workspace, sources = workspace_of(given, monkeypatch)
    copy = Workspace(
        pickle.loads(pickle.dumps(workspace.objects)), complete=workspace.complete, generated=workspace.generated
    )
    assert copy.objects == workspace.objects
    rules = select("pedantic")
    found = related_findings(workspace, sources, rules)
    assert len(found) > 0
    assert related_findings(copy, sources, rules) == found


def named(one: Facts) -> str:
    return f"{one.kind} {one.namespace}/{one.name}"


def test_the_relations_of_an_object_go_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, (_source,) = workspace_of([Source("set.yaml", SET)], monkeypatch)
    told = {
        named(one): {(r.verb, named(r.subject), named(r.object), r.spot.path) for r in workspace.relations(one)}
        for one in workspace.objects
    }
    pod = "spec.template.spec"
    web, service, scaler = "Deployment shop/web", "Service shop/web", "HorizontalPodAutoscaler shop/web"
    settings, runner = "ConfigMap shop/settings", "ServiceAccount shop/runner"
    selects = ("selects", service, web, "spec.selector")
    names = ("names", web, settings, f"{pod}.containers[0].envFrom[0].configMapRef.name")
    runs_as = ("names", web, runner, f"{pod}.serviceAccountName")
    scales = ("scales", scaler, web, "spec.scaleTargetRef")
    assert told[service] == {selects}
    assert told[settings] == {names}
    assert told[runner] == {runs_as}
    assert {r for r in told[scaler] if r[0] == "scales"} == {scales}
    assert {selects, names, runs_as, scales} <= told[web]
    assert told["ConfigMap other/settings"] == told["Namespace /alone"] == set()
    spans = {r.spot.text for one in workspace.objects for r in workspace.relations(one) if r.verb == "names"}
    assert {"settings", "runner"} <= spans
