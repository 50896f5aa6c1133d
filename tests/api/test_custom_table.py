"""The table of custom kinds: every row leads to a type, core types inside are recognised, nothing of it costs a start."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from support import ROOT

from kexplain.api import schema
from kexplain.api.custom_references import MAKES, NAMES, SELECTS, custom_references
from kexplain.api.custom_table import groups, kinds, table_of
from kexplain.api.custom_types import CustomTypes, with_custom
from kexplain.api.definition import Definition
from kexplain.api.type import Type
from kexplain.engine.linter import Options, lint
from kexplain.objects.settings import GROUPS
from kexplain.syntax.source import Source

API = with_custom(schema.load())
assert API.custom is not None
CUSTOM = API.custom


def texts(value: object, key: str = "") -> Iterator[str]:
    """Every text in a table that is no pattern and no rule."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from (name, *texts(below, name))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, str) and key not in {"pattern", "rule"}:
        yield value


def type_at(position: str) -> Type | None:
    """The type at a path below a kind: ``argoproj.io Rollout.spec.template``; None where the path leads to no type."""
    group, _, path = position.partition(" ")
    kind, *steps = path.replace("[]", ".[]").split(".")
    ref = CUSTOM.root(table_of(group)[kind][0])
    for step in steps:
        ref = ref[2:] if step == "[]" else API.type(ref).fields[step].ref
    return API.type(ref) if " " in ref and ref[:2] not in {"[]", "{}"} else None


@pytest.mark.parametrize("group", sorted(groups()))
def test_every_schema_of_a_group_is_whole(group: str) -> None:
    for definitions in table_of(group).values():
        for definition in definitions:
            waiting = [CUSTOM.root(definition)]
            seen = set()
            while waiting:
                ref = waiting.pop().lstrip("[]{}?")
                if " " in ref and ref not in seen and len(seen) < 400:
                    seen.add(ref)
                    waiting += [field.ref for field in API.type(ref).fields.values()]
            assert seen


def test_the_table_holds_no_sentence() -> None:
    for path in (ROOT / "api" / "custom").glob("*.json"):
        table = json.loads(path.read_text(encoding="utf-8"))
        assert [text for text in texts(table) if text.count(" ") > 4] == []


def test_the_index_names_what_the_groups_hold() -> None:
    found = {(kind.group, kind.kind, kind.versions) for kind in kinds()}
    assert ("cert-manager.io", "Certificate", ("v1",)) in found
    files = {group for group, _ in GROUPS.values()}  # no cluster has objects of these
    assert len(found) == sum(len(table_of(group)) for group in groups() - files)


@pytest.mark.parametrize(
    ("position", "name"),
    [
        ("apps.openshift.io DeploymentConfig.spec.template", "core/v1 PodTemplateSpec"),
        ("argoproj.io Rollout.spec.template", "core/v1 PodTemplateSpec"),
        ("argoproj.io Rollout.spec.template.spec", "core/v1 PodSpec"),
        ("argoproj.io Rollout.spec.selector", "meta/v1 LabelSelector"),
        ("argoproj.io Workflow.spec.templates[].container", "core/v1 Container"),
        ("argoproj.io Workflow.spec.templates[].sidecars[]", "core/v1 Container"),
        ("serving.knative.dev Service.spec.template", "core/v1 PodTemplateSpec"),
        ("serving.knative.dev Service.spec.template.spec.containers[]", "core/v1 Container"),
        ("keda.sh ScaledJob.spec.jobTargetRef", "batch/v1 JobSpec"),
        ("monitoring.coreos.com Prometheus.spec.containers[]", "core/v1 Container"),
        ("monitoring.coreos.com Prometheus.spec.resources", "core/v1 ResourceRequirements"),
        ("monitoring.coreos.com Prometheus.spec.affinity", "core/v1 Affinity"),
        ("monitoring.coreos.com Prometheus.spec.tolerations[]", "core/v1 Toleration"),
        ("monitoring.coreos.com Prometheus.spec.volumes[]", "core/v1 Volume"),
        ("monitoring.coreos.com Prometheus.spec.podMetadata", "meta/v1 ObjectMeta"),
        ("monitoring.coreos.com Prometheus.spec.securityContext", "core/v1 PodSecurityContext"),
        ("monitoring.coreos.com ServiceMonitor.spec.selector", "meta/v1 LabelSelector"),
        ("postgresql.cnpg.io Cluster.spec.env[]", "core/v1 EnvVar"),
        ("postgresql.cnpg.io Cluster.spec.envFrom[]", "core/v1 EnvFromSource"),
        ("postgresql.cnpg.io Cluster.spec.topologySpreadConstraints[]", "core/v1 TopologySpreadConstraint"),
        ("postgresql.cnpg.io Cluster.spec.storage.pvcTemplate", "core/v1 PersistentVolumeClaimSpec"),
        ("cert-manager.io Certificate.spec.keystores.jks.passwordSecretRef", "core/v1 SecretKeySelector"),
        ("elasticsearch.k8s.elastic.co Elasticsearch.spec.http.service.spec", "core/v1 ServiceSpec"),
        # what only looks like one
        ("cert-manager.io Certificate.spec.issuerRef", "cert-manager.io Certificate.spec.issuerRef"),
        ("monitoring.coreos.com Prometheus.spec", "monitoring.coreos.com Prometheus.spec"),
        ("argoproj.io Application.spec.source.plugin.env[]", "argoproj.io Application.spec.source.plugin.env[]"),
        ("tekton.dev Task.spec.steps[]", "tekton.dev Task.spec.steps[]"),
        ("kyverno.io ClusterPolicy.spec.rules[]", "kyverno.io ClusterPolicy.spec.rules[]"),
    ],
)
def test_core_types_are_recognised_inside(position: str, name: str) -> None:
    found = type_at(position)
    assert found is not None
    assert found.name == name


def test_a_recognised_type_has_the_fields_of_the_definition() -> None:
    container = type_at("serving.knative.dev Service.spec.template.spec.containers[]")
    assert container is not None
    assert "lifecycle" not in container.fields
    assert container.fields["image"].position == "core/v1 Container.image"
    assert not container.fields["image"].required
    assert container.fields["imagePullPolicy"].enum == ("Always", "IfNotPresent", "Never")
    template = type_at("serving.knative.dev Service.spec.template.spec")
    assert template is not None
    own = "serving.knative.dev Service.spec.template.spec.containerConcurrency"
    assert template.fields["containerConcurrency"].position == own


def test_an_integer_or_text_that_is_a_quantity_there_is_one_here() -> None:
    resources = type_at("monitoring.coreos.com Prometheus.spec.resources")
    assert resources is not None
    assert resources.fields["limits"].ref == "{}quantity"


def definition(properties: object) -> Definition:
    return Definition("example.org", "v1", "Thing", {"type": "object", "properties": {"part": properties}}, "d.yaml")


ITEM = {"type": "object", "properties": {"name": {"type": "string"}, "image": {"type": "string"}}}


@pytest.mark.parametrize(
    "properties",
    [
        ITEM,  # an allow list: names and images, and nothing that runs
        {"type": "object", "properties": {**ITEM["properties"], "command": {"type": "string"}, "args": {"type": "string"},  # type: ignore[dict-item]
                                          "env": {"type": "string"}, "ports": {"type": "string"}}},  # other shapes
        {"type": "object", "properties": {"limits": {"type": "integer"}, "requests": {"type": "integer"}}},
        {"type": "object", "properties": {"name": {"type": "string"}, "value": {"type": "string"}}},
        {"type": "object", "properties": {"key": {"type": "string"}, "name": {"type": "string"}}},
    ],
)  # fmt: skip
def test_what_only_resembles_a_core_type_stays_what_it_is(properties: object) -> None:
    given = definition(properties)
    custom = CustomTypes(schema.load(), [given])
    root, api = custom.type_of(given), custom.api
    assert api.type(root.fields["part"].ref).name == "example.org Thing.part"


def test_every_reference_stands_at_a_field_that_is_there() -> None:
    for position, rows in custom_references().items():
        group, _, path = position.partition(" ")
        assert all(row.relation in {NAMES, MAKES, SELECTS} for row in rows)
        if group not in groups() or ".metadata." in path:
            continue
        holder, _, last = position.rpartition(".")
        last = last.removesuffix("[]").removesuffix("[]")
        found = type_at(holder)
        assert found is not None, position
        assert last in found.fields, position
        for row in rows:
            for sibling in (row.kind_field, row.namespace_field, row.key_field):
                assert not sibling or sibling in found.fields, (position, sibling)


def test_a_run_without_custom_objects_reads_nothing_of_the_table() -> None:
    code = (
        "import sys; from kexplain.engine.linter import Options, lint; from kexplain.syntax.source import Source\n"
        "from kexplain.catalogue.rule import rules\n"
        "text = 'apiVersion: v1\\nkind: Namespace\\nmetadata: {name: a}\\n'\n"
        "lint([Source('a.yaml', text)], Options(rules()))\n"
        "late = ('custom_types', 'custom_table', '.structural', '.pattern', 'api.formats', '.cel')\n"
        "print([m for m in sys.modules if m.startswith('kexplain.') and m.endswith(late)])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_another_release_of_a_kind_is_read_for_its_words_only() -> None:
    text = "apiVersion: cert-manager.io/v9\nkind: Certificate\nmetadata: {name: a}\nspec: {isCA: 3, more: 1}\n"
    report = lint([Source("a.yaml", text)], Options({}))
    reason = "no schema for cert-manager.io/v9 Certificate (only for v1); add its CustomResourceDefinition to the run"
    assert [outcome.reason for outcome in report.outcomes] == [f"{reason}, or name it with --crd"]
