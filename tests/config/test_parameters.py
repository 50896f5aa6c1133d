"""Parameters of rules: declared in front matter, set in the configuration, read by checks and conditions, and explained."""

import inspect
import json
from pathlib import Path

import pytest
from click.testing import Result
from support import run

from kexplain import InputError, lint
from kexplain.catalogue.rule import Rule, filled, rules
from kexplain.config.own_rules import all_rules
from kexplain.config.parameters import tree_of
from kexplain.config.settings import Settings
from kexplain.syntax.condition import failure
from kexplain.syntax.soundness import mistakes

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: p
spec:
  priorityClassName: high
  terminationGracePeriodSeconds: 700
  securityContext:
    sysctls: [{name: vm.swappiness, value: "1"}]
  containers:
    - name: c
      image: registry.example/team/web:stable
      livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 60, failureThreshold: 6}
      ports: [{containerPort: 80, hostPort: 80}]
      securityContext: {capabilities: {add: [SYS_TIME, NET_ADMIN]}}
      volumeMounts: [{name: v, mountPath: /v}]
  volumes:
    - name: v
      hostPath: {path: /etc/}
"""
SETS = """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s}
spec:
  serviceName: s
  selector: {matchLabels: {app: s}}
  template:
    metadata: {labels: {app: s}}
    spec:
      containers: [{name: c, image: web:1.0}]
  volumeClaimTemplates:
    - metadata: {name: data}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 2
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec:
      containers: [{name: c, image: web:1.0}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: h}
spec:
  minReplicas: 2
  maxReplicas: 4
  scaleTargetRef: {kind: Deployment, name: x}
"""
NOTED = """\
apiVersion: v1
kind: Pod
metadata: {name: n, annotations: {a.example/b: c}}
spec:
  containers:
    - name: c
      image: registry.example/web:1.0.0
      imagePullPolicy: Never
      env: [{name: DEBUG, value: "true"}]
      resources: {requests: {cpu: 200m}}
      securityContext: {runAsUser: 1000}
"""
TAKING = [rule for rule in rules().values() if rule.takes]


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "pod.yaml").write_text(POD)
    return folder


def messages(text: str, rule: str, **parameters: object) -> list[str]:
    report = lint(text=text, select=[rule], parameters={rule: parameters} if parameters else {})
    return [finding.message for finding in report.findings]


# every rule that has some


def test_there_are_enough() -> None:
    assert len(TAKING) >= 8


@pytest.mark.parametrize("rule", TAKING, ids=lambda rule: rule.id)
def test_each_is_declared_whole(rule: Rule) -> None:
    for parameter in rule.takes.values():
        assert list(mistakes(parameter["schema"])) == []
        assert failure({"properties": {"x": parameter["schema"]}}, tree_of({"x": parameter["default"]})) is None
        assert parameter["description"].endswith(".")
        assert not set(rule.arguments) & {"kind", "name", "container", "field", "value", "path"}


@pytest.mark.parametrize("rule", TAKING, ids=lambda rule: rule.id)
def test_each_is_read(rule: Rule) -> None:
    """By the check, as a keyword argument; or by the condition."""
    if rule.condition is None:
        signature = inspect.signature(rule.check)
        keywords = {name for name, p in signature.parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY}
        assert keywords == set(rule.arguments)
    else:
        written = json.dumps(rule.condition)
        assert all(json.dumps({"$parameter": name}) in written for name in rule.takes)


@pytest.mark.parametrize(
    "id_", ["missing-required-label", "missing-required-annotation", "disallowed-image-registry",
            "disallowed-priority-class", "volume-claim-template-annotation-missing", "disallowed-annotation",
            "disallowed-env-value", "disallowed-image-pull-policy", "disallowed-kind",
            "resource-amount-out-of-bounds", "rolling-update-out-of-bounds"]
)  # fmt: skip
def test_without_its_list_a_rule_finds_nothing(id_: str) -> None:
    assert "recommended" in rules()[id_].profiles  # so that the list alone switches it on
    assert messages(f"{POD}---\n{SETS}", id_) == []
    assert "Without the" in rules()[id_].article["what"]
    assert "parameter nothing is reported" in " ".join(rules()[id_].article["what"].split())


# what they change: rule, manifest, parameters, how many findings without and with them

OFF = "apiVersion: resource.k8s.io/v1beta2\nkind: DeviceClass\nmetadata: {name: gpu}\nspec: {}\n"
CHANGES = [
    ("api-version-off-by-default", OFF, {"enabled": ["resource.k8s.io/v1beta2"]}, 1, 0),
    ("any-capability-added", POD, {"allowed": ["SYS_TIME", "NET_ADMIN"]}, 2, 0),
    ("dangerous-capability-added", POD, {"allowed": ["NET_ADMIN"]}, 1, 0),
    ("disallowed-annotation", NOTED, {"disallowed": {"a.example/*": "*"}}, 0, 1),
    ("disallowed-annotation", NOTED, {"disallowed": {"a.example/*": "*"}, "allowed": ["a.example/b"]}, 0, 0),
    ("disallowed-env-value", NOTED, {"disallowed": {"DEBUG": "true"}}, 0, 1),
    ("disallowed-image-pull-policy", NOTED, {"disallowed": ["Never"]}, 0, 1),
    ("disallowed-kind", SETS, {"disallowed": ["apps/v1/*", "Pod"]}, 0, 2),
    ("frozen-image-registry", POD, {"registries": ["registry.example/team"]}, 0, 1),
    ("high-ndots", POD, {"maximum": 5}, 1, 0),
    ("low-group-id", POD, {"minimum": 1}, 1, 1),
    ("low-user-id", NOTED, {"minimum": 1000}, 1, 0),
    ("resource-amount-out-of-bounds", NOTED, {"minimum": {"requests.cpu": "1"}}, 0, 1),
    ("resource-amount-out-of-bounds", NOTED, {"maximum": {"requests.cpu": "100m"}}, 0, 1),
    ("rolling-update-out-of-bounds", SETS, {"minimum-unavailable": "1"}, 0, 1),
    ("rolling-update-out-of-bounds", SETS, {"maximum-unavailable": "10%"}, 0, 1),
    ("rolling-update-out-of-bounds", SETS, {"minimum-surge": "2"}, 0, 1),
    ("rolling-update-out-of-bounds", SETS, {"maximum-surge": "0"}, 0, 1),
    ("disallowed-image-registry", POD, {"allowed": ["registry.example/other", "docker.io"]}, 0, 1),
    ("disallowed-image-registry", POD, {"allowed": ["registry.example/team/"]}, 0, 0),
    ("disallowed-image-registry", POD, {"allowed": ["*.example/t*"]}, 0, 0),
    ("disallowed-image-registry", POD, {"allowed": ["registry.exam"]}, 0, 1),
    ("disallowed-priority-class", POD, {"allowed": ["low"]}, 0, 1),
    ("excessive-termination-grace-period", POD, {"maximum": 700}, 1, 0),
    ("host-path-volume", POD, {"allowed": ["/etc"]}, 1, 0),
    ("host-path-volume", POD, {"allowed": ["/etc/ssl"]}, 1, 1),
    ("host-port", POD, {"allowed": [80]}, 1, 0),
    ("host-port", POD, {"allowed": [443]}, 1, 1),
    ("hpa-min-replicas-too-low", SETS, {"minimum": 3}, 0, 1),
    ("image-not-pinned-by-digest", POD, {"exempt": ["registry.example"]}, 1, 0),
    ("latest-image-tag", POD, {"tags": ["stable"]}, 0, 1),
    ("missing-required-annotation", POD, {"annotations": {"a.example/b": "*"}}, 0, 1),
    ("missing-required-label", POD, {"labels": {"team": "*", "tier": "*"}}, 0, 2),
    ("missing-required-label", POD, {"labels": {"team": "*"}, "kinds": ["Deployment"]}, 0, 0),
    ("missing-required-label", SETS, {"labels": {"team": "*"}, "kinds": ["*"]}, 0, 3),
    ("non-default-capability-added", POD, {"allowed": ["NET_ADMIN"]}, 2, 1),
    ("restricted-volume-type", POD, {"allowed": ["hostPath"]}, 1, 0),
    ("sensitive-host-path-mount", POD, {"allowed": ["/etc"]}, 1, 0),
    ("slow-liveness-probe", POD, {"maximum": 360}, 1, 0),
    ("too-few-replicas", SETS, {"minimum": 3}, 0, 1),
    ("unsafe-sysctl", POD, {"allowed": ["vm.swappiness"]}, 1, 0),
    ("volume-claim-template-annotation-missing", SETS, {"annotations": {"backup.example/plan": "*"}}, 0, 1),
]


@pytest.mark.parametrize(("rule", "text", "parameters", "without", "with_"), CHANGES)
def test_a_parameter_changes_what_is_found(
    rule: str, text: str, parameters: dict[str, object], without: int, with_: int
) -> None:
    assert len(messages(text, rule)) == without
    assert len(messages(text, rule, **parameters)) == with_


def test_every_parameter_is_tried_above() -> None:
    tried = {(rule, name) for rule, _, parameters, _, _ in CHANGES for name in parameters}
    untried = {(rule.id, name) for rule in TAKING for name in rule.takes} - tried
    assert untried <= {("missing-required-annotation", "kinds")}


@pytest.mark.parametrize(
    ("rule", "text", "parameters", "message"),
    [
        ("too-few-replicas", SETS, {"minimum": 3}, 'Deployment "d" runs 2 Pods, fewer than 3'),
        ("slow-liveness-probe", POD, {}, 'the liveness probe of container "c" lets it hang for 360 seconds, more than 300'),
        ("excessive-termination-grace-period", POD, {"maximum": 9}, 'Pod "p" may take 700 seconds to stop, more than 9'),
        ("missing-required-label", POD, {"labels": {"team": "*"}}, 'Pod "p" has no label team'),
    ],
)  # fmt: skip
def test_messages_name_the_value(rule: str, text: str, parameters: dict[str, object], message: str) -> None:
    assert messages(text, rule, **parameters) == [message]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ("{team: shop}", []),
        ("{team: ''}", ['Pod "p" has an empty label team']),
        ("{team: other}", ['Pod "p" has the label team: "other", which is not sh*']),
        ("{}", ['Pod "p" has no label team']),
        ("null", ['Pod "p" has no label team']),
        ("[team]", ['Pod "p" has no label team']),
    ],
)
def test_labels(labels: str, message: list[str]) -> None:
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p, labels: {labels}}}\n"
    assert messages(text, "missing-required-label", labels={"team": "sh*"}) == message


@pytest.mark.parametrize("metadata", ["null", "a", "[1]", "{labels: 1}", "{labels: {labels: x}}"])
def test_labels_of_strange_objects(metadata: str) -> None:
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {metadata}\n"
    assert len(messages(text, "missing-required-label", labels={"team": "*"})) == 1
    assert len(messages("apiVersion: v1\nkind: Pod\n", "missing-required-label", labels={"team": "*"})) == 1


# the configuration


def configured(folder: Path, text: str) -> Result:
    (folder / ".kexplain.yaml").write_text(text)
    return run("lint", "pod.yaml", "--select", "excessive-termination-grace-period", "--fail-on", "info")


def test_the_configuration_sets_them_as_kubernetes_reads_yaml(folder: Path) -> None:
    assert configured(folder, "").exit_code == 1
    assert configured(folder, "parameters:\n  excessive-termination-grace-period: {maximum: 1_000}\n").exit_code == 0
    assert configured(folder, "parameters: {excessive-termination-grace-period: {maximum: null}}\n").exit_code == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("too-many-labels: {a: 1}", "2:3: unknown key 'too-many-labels' in parameters; "),
        ("too-few-replica: {minimum: 1}", "2:3: unknown key 'too-few-replica' in parameters; did you mean 'too-few-replicas'?"),
        ("too-few-replicas: {minimun: 1}", "2:22: unknown key 'minimun' in parameters.too-few-replicas; did you mean 'minimum'?"),
        ("too-few-replicas: {minimum: two}", "2:22: parameters.too-few-replicas.minimum must be a whole number of at least 1, not 'two' (How many Pods a Deployment needs at least)"),
        ("too-few-replicas: {minimum: 0}", "2:22: parameters.too-few-replicas.minimum must be a whole number of at least 1, not '0'"),
        ("too-few-replicas: {minimum: true}", "2:22: parameters.too-few-replicas.minimum must be a whole number of at least 1, not 'true'"),
        ("too-few-replicas: [2]", "2:3: parameters.too-few-replicas must be a mapping"),
        ("unsafe-sysctl: {allowed: vm.swappiness}", "2:19: parameters.unsafe-sysctl.allowed must be a list of texts"),
        ("host-port: {allowed: [80, 70000]}", "2:29: parameters.host-port.allowed[1] must be a whole number of at least 1 and at most 65535"),
        ("missing-required-label: {labels: {team: [a]}}", "2:37: parameters.missing-required-label.labels.team must be text"),
        ("host-ipc: {allowed: true}", "2:14: unknown key 'allowed' in parameters.host-ipc; there are none"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(folder: Path, text: str, words: str) -> None:
    result = configured(folder, f"parameters:\n  {text}\n")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"kexplain: .kexplain.yaml:{words}")


def test_what_is_wrong_elsewhere_is_told_with_the_file(folder: Path) -> None:
    (folder / "base.yaml").write_text("parameters: {host-port: {allowed: x}}\n")
    result = configured(folder, "extends: base.yaml\n")
    assert (
        result.stderr
        == "kexplain: base.yaml:1:26: parameters.host-port.allowed must be a list, not 'x' (Ports of the node that may be taken; every one departs from the Pod Security Standard)\n"
    )
    with pytest.raises(InputError, match=r"^the configuration: unknown key 'a' in parameters"):
        lint("pod.yaml", parameters={"a": {}})
    (folder / ".kexplain.yaml").unlink()
    (folder / "pyproject.toml").write_text("[tool.kexplain.parameters]\nhost-port = {allowed = 80}\n")
    assert run("lint", "pod.yaml").stderr.startswith(
        "kexplain: pyproject.toml: parameters.host-port.allowed must be a list"
    )


def test_extends_merges_the_parameters_of_a_rule(folder: Path) -> None:
    (folder / "base.yaml").write_text(
        'parameters: {missing-required-label: {labels: {team: "*"}}, host-port: {allowed: [80]}}\n'
    )
    (folder / ".kexplain.yaml").write_text("extends: base.yaml\nparameters: {missing-required-label: {kinds: [Job]}}\n")
    found = json.loads(run("lint", "pod.yaml", "-o", "json").stdout)["findings"]
    assert {"missing-required-label", "host-port"}.isdisjoint(f["rule"] for f in found)
    (rule,) = [r for r in json.loads(run("rules", "-f", "json").stdout) if r["id"] == "missing-required-label"]
    assert {name: p["value"] for name, p in rule["parameters"].items()} == {"labels": {"team": "*"}, "kinds": ["Job"]}


def test_explain_lists_them(folder: Path) -> None:
    line = "  minimum (default 2): How many Pods a Deployment needs at least."
    assert f"Parameters\n{line}\n" in run("explain", "too-few-replicas").stdout
    (folder / ".kexplain.yaml").write_text("parameters: {too-few-replicas: {minimum: 3}}\n")
    assert line.replace("2", "2, here 3") in run("explain", "too-few-replicas").stdout
    assert "Parameters" not in run("explain", "host-ipc").stdout


def test_a_run_leaves_the_catalogue_as_it_is() -> None:
    messages(SETS, "too-few-replicas", minimum=3)
    assert rules()["too-few-replicas"].parameters == {"minimum": 2}
    assert messages(SETS, "too-few-replicas") == []
    assert all_rules(Settings()) is rules()


# conditions


def test_placeholders() -> None:
    condition = {"anyOf": [{"const": 0}, {"enum": {"$parameter": "a"}}], "maximum": {"$parameter": "b"}}
    assert filled(condition, {"a": [1, 2], "b": 3}) == {"anyOf": [{"const": 0}, {"enum": [1, 2]}], "maximum": 3}
    assert filled({"enum": {"$parameter": "c"}}, {"a": 1}) == {"enum": {"$parameter": "c"}}


OWN = """\
---
severity: warning
category: metadata
at: [Deployment]
message: '{{kind}} "{{name}}" is not of {{teams}}'
parameters: {parameters}
schema: {{properties: {{metadata: {{properties: {{name: {{enum: {{$parameter: teams}}}}}}}}}}}}
---
"""


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("{teams: {description: Which., default: [a, b]}}", 'Deployment "d" is not of a, b'),
        ("{teams: {description: Which., default: [d]}}", ""),
        ("{teams: {description: Which., default: x}}", "own.md:7:"),
        ("{teams: {description: Which.}}", "own.md:6:14: parameters.teams needs 'default'"),
        ("{teams: {description: Which., default: [], schema: {type: text}}}", "own.md:6:65: parameters.teams.schema.type must be one of"),
        ("{teams: {description: Which., default: [], schema: {minItems: 1}}}", "own.md:6:43: parameters.teams.default does not fit the parameter's schema"),
        ("{teams: {description: Which., default: []}, name: {description: Which., default: 1}}", "own.md:6:57: a parameter cannot be called 'name'"),
        ("{teams: {description: Which., default: []}, A_b: {description: Which., default: 1}}", "own.md:6:57: the parameter 'A_b' is written in lower-case words"),
    ],
)  # fmt: skip
def test_rules_of_ones_own_have_them_too(folder: Path, parameters: str, words: str) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "own.md").write_text(OWN.format(parameters=parameters))
    (folder / "sets.yaml").write_text(SETS)
    (folder / ".kexplain.yaml").write_text("rule-folders: [rules]\n")
    result = run("lint", "sets.yaml", "--select", "own", "-q", "-o", "concise")
    assert words in result.stdout + result.stderr
    assert result.exit_code == (2 if "own.md" in words else int(bool(words)))
    if words.startswith("Deployment"):
        (folder / ".kexplain.yaml").write_text("rule-folders: [rules]\nparameters: {own: {teams: [d]}}\n")
        assert run("lint", "sets.yaml", "--select", "own").exit_code == 0
