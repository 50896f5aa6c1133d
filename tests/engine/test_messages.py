"""Messages say what is so: which group a wildcard is about, what quotes do, how large a number may be, what lies where."""

import pytest

from kexplain.catalogue.rule import rules
from kexplain.engine.linter import Options, lint
from kexplain.syntax.source import Source


def told(text: str, rule: str) -> list[str]:
    report = lint([Source("a.yaml", text)], Options({rule: rules()[rule]}))
    return [finding.message for finding in report.findings]


def pod(spec: str) -> str:
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {spec}\n"


def container(body: str) -> str:
    return pod(f"{{containers: [{{name: c, image: 'i:1', {body}}}]}}")


@pytest.mark.parametrize(
    ("groups", "resources", "on"),
    [
        ('["*"]', '["*"]', ["every resource of all API groups"]),
        ('["", "*"]', '["*", pods]', ["every resource of all API groups"]),
        ('[""]', '["*"]', ["every resource of the core group"]),
        ("[apps, b.example]", '["*"]', ["every resource of apps, b.example"]),
        ('["*"]', "[pods, pods/log]", ["pods, pods/log"]),
        ("[serving.knative.dev]", '["*"]', []),
        ("[b.example, a.example]", "[widgets]", []),
    ],
)
def test_a_wildcard_reaches_as_far_as_its_groups(groups: str, resources: str, on: list[str]) -> None:
    """One finding for a rule, of whichever star; none where it only reaches what somebody defined."""
    text = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n"
        f"rules: [{{apiGroups: {groups}, resources: {resources}, verbs: ['*']}}]\n"
    )
    said = [message for rule in ("rbac-wildcard-verb", "rbac-wildcard-resource") for message in told(text, rule)]
    assert said == [f'ClusterRole "r" allows every verb on {what}' for what in on]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (pod("{priority: '3'}"), "priority takes a whole number, not the string 3; leave the quotes out"),
        (pod("{priority: x}"), "priority takes a whole number, not the string x"),
        (pod("{priority: 'x'}"), "priority takes a whole number, not the string x"),
        (pod("{priority: '1.5'}"), "priority takes a whole number, not the string 1.5"),
        (pod("{priority: ''}"), "priority takes a whole number, not the string"),
        (pod("{hostNetwork: 'yes'}"), "hostNetwork takes true or false, not the string yes; leave the quotes out"),
        (pod("{hostNetwork: 'maybe'}"), "hostNetwork takes true or false, not the string maybe"),
        (container("args: [a, 1]"), "args[1] takes a string, not the number 1; quote it"),
        (container("command: [[a]]"), "command[0] takes a string, not a list"),
        (container("ports: [x]"), "ports[0] takes an object (ContainerPort), not the string x"),
        (
            pod("{priority: 2147483648}"),
            "priority takes a whole number of 32 bits (-2147483648 to 2147483647), not the number 2147483648",
        ),
        (
            pod("{activeDeadlineSeconds: 9223372036854775808}"),
            f"activeDeadlineSeconds takes a whole number of 64 bits ({-(2**63)} to {2**63 - 1}), not the number {2**63}",
        ),
        (
            container("livenessProbe: {tcpSocket: {port: 4294967296}}"),
            "port takes a whole number of 32 bits (-2147483648 to 2147483647), not the number 4294967296",
        ),
    ],
)
def test_a_wrong_type_in_words(text: str, message: str) -> None:
    assert told(text, "wrong-type") == [message]


@pytest.mark.parametrize(
    "spec",
    [
        "{priority: 2147483647}",
        "{priority: -2147483648}",
        "{terminationGracePeriodSeconds: 9223372036854775807}",
        "{priority: 1e3}",
    ],
)
def test_numbers_up_to_the_bound_fit(spec: str) -> None:
    assert told(pod(spec), "wrong-type") == []


def test_an_unknown_built_in_kind_needs_no_definition() -> None:
    report = lint([Source("a.yaml", "apiVersion: v1\nkind: Deployment\nmetadata: {name: a}\n")], Options({}))
    assert report.outcomes[0].reason == "no schema for v1 Deployment; Kubernetes has no such kind"


@pytest.mark.parametrize(
    ("context", "state"),
    [
        ("{}", "not set"),
        ("{runAsUser: 1}", "not set"),
        ("{runAsUser: 0}", "not set, and runAsUser is 0"),
        ("{runAsUser: false}", "not set"),
    ],
)
@pytest.mark.parametrize("level", ["container", "pod"])
def test_a_root_user_is_told_as_such(context: str, state: str, level: str) -> None:
    body = f"securityContext: {context}"
    text = container(body) if level == "container" else pod(f"{{{body}, containers: [{{name: c, image: 'i:1'}}]}}")
    said = [message.partition("runAsNonRoot is ")[2] for message in told(text, "run-as-root-allowed")]
    assert said in ([state], [])  # a user above 0 may be enough
    assert said or context == "{runAsUser: 1}"


@pytest.mark.parametrize("pod_says", ["automountServiceAccountToken: true, ", ""])
def test_a_token_is_not_said_to_be_mentioned_nowhere(pod_says: str) -> None:
    text = pod(f"{{{pod_says}containers: [{{name: c, image: 'i:1'}}]}}")
    (message,) = told(text, "service-account-token-automounted")
    assert message.endswith("automountServiceAccountToken is not false for it")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("{nsswitch.conf: 'passwd: compat'}", False),
        ("{nsswitch.conf: 'passwd: files'}", False),
        ("{passwd: 'files systemd'}", False),
        ("{_example: 'default-tls-secret: \"some-namespace/some-secret\"'}", False),
        ("{default-tls-secret: shop/tls}", False),
        ("{login.conf: 'passwd: hunter22'}", True),
        ("{client-secret: Sh0p/Tls9}", True),
    ],
)
def test_a_name_that_sounds_like_a_credential(data: str, found: bool) -> None:
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {data}\n"
    assert bool(told(text, "secret-in-config-map")) == found
