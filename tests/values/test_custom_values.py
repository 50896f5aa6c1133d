"""What values of custom kinds say: durations and schedules, routes and policies as sentences."""

import pytest
from support import annotate

from kexplain.api.custom_table import table_of
from kexplain.api.custom_types import with_custom
from kexplain.api.schema import load
from kexplain.catalogue.custom_words import is_custom
from kexplain.catalogue.value import explainers
from kexplain.syntax.source import Source

ROUTE = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec: {rules: [{%s}]}"
GRPC = ROUTE.replace("HTTPRoute", "GRPCRoute")
VIRTUAL_SERVICE = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: {http: [{%s}]}"
INGRESS_ROUTE = "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nspec: {routes: [{%s}]}"
RULE = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nspec: {%s}"
CILIUM = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nspec: {%s}"
CERTIFICATE = "apiVersion: cert-manager.io/v1\nkind: Certificate\nspec: {%s}"
RELEASE = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {%s}"
CRON_WORKFLOW = "apiVersion: argoproj.io/v1alpha1\nkind: CronWorkflow\nspec: {%s}"
BACKUP = "apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nspec: {schedule: '%s'}"
SCALED = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec: {%s}"


def details(text: str) -> list[str]:
    """What is told below spec."""
    (annotated,) = annotate([Source("x.yaml", text)])
    return [one.detail for one in annotated.objects[0].annotations if one.field_path.startswith("spec") and one.detail]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CERTIFICATE % "duration: 2160h", "90 days."),
        (CERTIFICATE % "renewBefore: 360h0m0s", "15 days."),
        (RELEASE % "interval: 1h30m", "Every 1 hour 30 minutes."),
        (RELEASE % "interval: 60s", "Every minute."),
        (SCALED % "pollingInterval: 15", "Every 15 seconds."),
        (SCALED % "cooldownPeriod: 300", "5 minutes."),
        (
            CRON_WORKFLOW % "schedules: ['0 3 * * *'], timezone: Europe/Berlin",
            "At 03:00, every day, Europe/Berlin time.",
        ),
        (BACKUP % "0 0 0 * * *", "At 00:00, every day."),
    ],
)
def test_times_are_told_in_words(text: str, words: str) -> None:
    assert details(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        CERTIFICATE % "duration: soon",
        CERTIFICATE % "duration: [2160h]",
        SCALED % "cooldownPeriod: 30",
        SCALED % "cooldownPeriod: true",
        RELEASE % "interval: 0s",
        RELEASE % f"interval: {'9' * 200}h",
        BACKUP % "30 0 0 * * *",
        BACKUP % "every day",
    ],
)
def test_what_is_no_time_or_clear_already_is_passed_over(text: str) -> None:
    assert details(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ROUTE % "backendRefs: [{name: web, port: 80}]", "All requests go to web port 80."),
        (ROUTE % "matches: [{path: {value: /a}}], backendRefs: [{name: web}]", "Requests under /a go to web."),
        (
            ROUTE % "matches: [{method: GET, headers: [{name: a, value: b}]}], backendRefs: [{name: web}]",
            "Requests with method GET with certain headers go to web.",
        ),
        (
            ROUTE % "backendRefs: [{name: a, weight: 9}, {name: b}, {name: c, weight: 0}]",
            "All requests go to a (90 %), b (10 %) and c (0 %).",
        ),
        (
            ROUTE % "filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]",
            "All requests are redirected to https.",
        ),
        (
            GRPC % "matches: [{method: {service: shop.Cart, method: Add}}], backendRefs: [{name: web}]",
            "Requests for shop.Cart/Add go to web.",
        ),
        (
            VIRTUAL_SERVICE % "match: [{uri: {prefix: /a}}, {uri: {exact: /b}}], route: [{destination: {host: web}}]",
            "Requests whose path begins with /a or at /b go to web.",
        ),
        (
            VIRTUAL_SERVICE % "route: [{destination: {host: a, subset: v1}, weight: 75},"
            " {destination: {host: a, subset: v2}, weight: 25}]",
            "All requests go to a (subset v1) (75 %) and a (subset v2) (25 %).",
        ),
        (
            INGRESS_ROUTE % "match: Host(`a.example`) && PathPrefix(`/x`), services: [{name: web, port: 80}]",
            "Requests for a.example whose path begins with /x go to web port 80.",
        ),
    ],
)
def test_routes_are_told_as_a_sentence(text: str, words: str) -> None:
    assert words in details(text)


@pytest.mark.parametrize(
    "text",
    [
        ROUTE % "matches: {}, backendRefs: web",
        ROUTE % "matches: [3], backendRefs: [{name: web}]",
        ROUTE % "backendRefs: [{port: 80}]",
        VIRTUAL_SERVICE % "match: [{sourceLabels: {a: b}}], route: [{destination: {host: web}}]",
        VIRTUAL_SERVICE % "route: [{destination: web}]",
        INGRESS_ROUTE % "match: Host(`a`) || Host(`b`), services: [{name: web}]",
    ],
)
def test_what_a_sentence_cannot_hold_is_not_told(text: str) -> None:
    assert not [words for words in details(text) if "equests" in words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RULE % "", "No rule, so every request to all Pods of its namespace is refused."),
        (RULE % "action: DENY", "No rule, so it refuses nothing."),
        (RULE % "rules: [{}]", "Allows every request to all Pods of its namespace."),
        (
            RULE
            % "selector: {matchLabels: {app: web}}, action: DENY, rules: [{from: [{source: {namespaces: [dev]}}]}]",
            "Of requests to the Pods it selects, those that fit its rule are refused.",
        ),
        (
            RULE % "rules: [{from: [{source: {namespaces: [dev, test]}}], to: [{operation: {methods: [GET]}}]}]",
            "Allows requests GET from the namespaces dev or test.",
        ),
        (
            CILIUM % "endpointSelector: {}, ingress: [{}]",
            "For all Pods, no connections to them are allowed.",
        ),
        (
            CILIUM % "ingress: [{fromEndpoints: [{matchLabels: {app: web}}], toPorts: [{ports: [{port: '80'}]}]}]",
            "Allows connections from Pods with app=web at port 80.",
        ),
        (CILIUM % "egress: [{toFQDNs: [{matchName: example.com}]}]", "Allows connections to example.com."),
        (CILIUM % "egressDeny: [{toCIDR: [10.0.0.0/8]}]", "Refuses connections to 10.0.0.0/8."),
        (CILIUM % "egress: [{toEntities: [world]}]", "Allows connections to the group world."),
    ],
)
def test_policies_are_told_as_a_sentence(text: str, words: str) -> None:
    assert words in details(text)


@pytest.mark.parametrize(
    "text",
    [
        RULE % "rules: 3",
        RULE % "rules: [3, [], {from: 3, to: [3]}]",
        RULE % "rules: [{from: [{source: {notNamespaces: [dev]}}]}]",
        CILIUM % "ingress: 3",
        CILIUM % "ingress: [3, {fromEndpoints: 3}, {fromEndpoints: [3]}]",
        CILIUM % "egress: [{toServices: [{k8sService: {serviceName: a}}]}]",
        CILIUM % f"egress: [{{toFQDNs: [{{matchName: {'a' * 200}}}]}}]",
    ],
)
def test_strange_policies_are_passed_over(text: str) -> None:
    assert not [words for words in details(text) if words.startswith(("Allows", "Refuses"))]


def test_every_position_of_a_custom_kind_is_in_the_table() -> None:
    api = with_custom(load())
    assert api.custom is not None
    for position in filter(is_custom, explainers()):
        kind, *steps = position.rpartition(" ")[2].split(".")
        type_ = api.custom.type_of(table_of(position.partition(" ")[0])[kind][0])
        for step in steps:
            field = type_.fields[step.removesuffix("[]")]
            assert field.ref.startswith("[]") or not step.endswith("[]"), position
            type_ = api.type(field.ref.lstrip("[]"))
