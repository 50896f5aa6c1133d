"""What names, hosts, versions, numbers, kinds and paths of custom objects say, alone and in a set."""

import pytest
from support import annotate

from kexplain.syntax.source import Source

SET = """\
apiVersion: v1
kind: Secret
metadata: {name: web-tls, namespace: shop}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{name: http, port: 8080}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop}
spec: {tls: [{secretName: made}]}
"""
KINDS = {
    "Certificate": "cert-manager.io/v1", "HTTPRoute": "gateway.networking.k8s.io/v1", "Gateway": "gateway.networking.k8s.io/v1",
    "Application": "argoproj.io/v1alpha1", "AppProject": "argoproj.io/v1alpha1", "HelmRelease": "helm.toolkit.fluxcd.io/v2",
    "GitRepository": "source.toolkit.fluxcd.io/v1", "VirtualService": "networking.istio.io/v1",
    "ServiceMonitor": "monitoring.coreos.com/v1", "ScaledObject": "keda.sh/v1alpha1",
    "Kustomization": "kustomize.toolkit.fluxcd.io/v1", "Prometheus": "monitoring.coreos.com/v1",
    "ApplicationSet": "argoproj.io/v1alpha1", "Thing": "example.org/v1",
}  # fmt: skip


def told(kind: str, spec: str) -> list[str]:
    """What the values below spec of an object in the namespace shop say, beside the set."""
    text = f"apiVersion: {KINDS[kind]}\nkind: {kind}\nmetadata: {{name: x, namespace: shop}}\nspec: {spec}\n"
    file = annotate([Source("x.yaml", text), Source("set.yaml", SET)])[0]
    rows = [one for one in file.objects[0].annotations if one.field_path.startswith("spec") and one.value is not None]
    return [one.detail for one in rows if one.detail]


@pytest.mark.parametrize(
    ("kind", "spec", "words"),
    [
        ("Certificate", "{secretName: made}", "It makes this Secret, which Ingress front uses."),
        ("Certificate", "{secretName: other}", "It makes this Secret, which no object of these files names."),
        ("GitRepository", "{secretRef: {name: web-tls}}", "The Secret web-tls, line 3 of set.yaml."),
        ("GitRepository", "{secretRef: {name: nobody}}", "The Secret nobody, which is not in these files."),
        ("HTTPRoute", "{rules: [{backendRefs: [{name: web}]}]}", "The Service web, line 7 of set.yaml."),
        ("Gateway", "{gatewayClassName: a}", "The GatewayClass a, which is not in these files: the cluster must have it."),
        ("VirtualService", "{hosts: [web]}", "The Service web, line 7 of set.yaml."),
        ("VirtualService", "{hosts: [web.shop.svc.cluster.local]}", "The Service web, line 7 of set.yaml."),
        ("VirtualService", "{hosts: [a.b.svc]}", "The Service a in namespace b, which is not in these files."),
        ("VirtualService", "{hosts: ['*.example.com']}", "Every host one level below example.com."),
        ("VirtualService", "{hosts: ['*']}", "Every host."),
        ("GitRepository", "{url: 'ssh://git@github.com/a/b'}", "Over SSH, with a key, at github.com."),
        ("GitRepository", "{url: 'http://git.example/a'}", "Over plain HTTP, which is not encrypted, at git.example."),
        ("Application", "{destination: {server: 'https://kubernetes.default.svc'}}",
         "The API server of the cluster that this runs in."),
        ("Application", "{destination: {namespace: shop}}",
         "The Namespace of line 12 of set.yaml; 3 objects of these files lie in it."),
        ("Application", "{destination: {namespace: far}}",
         "A namespace that must be there: these files make none of the name far."),
        ("AppProject", "{sourceNamespaces: ['team-*']}", "Every namespace whose name begins with team-."),
        ("Application", "{source: {targetRevision: HEAD}}", "The newest commit of the default branch, whatever it will be."),
        ("Application", "{source: {targetRevision: v1.2.0}}", "The commit that this tag names."),
        ("Application", "{source: {targetRevision: main}}", "The newest commit of this branch: what is pushed there is taken."),
        ("Application", f"{{source: {{targetRevision: {'a1' * 20}}}}}", "Exactly this commit, for good."),
        ("HelmRelease", "{chart: {spec: {version: 6.5.*}}}", "The newest version that fits 6.5.*."),
        ("HelmRelease", "{chart: {spec: {version: 6.5.1}}}",
         "Exactly this version; a newer one is taken when this text changes."),
        ("HTTPRoute", "{rules: [{backendRefs: [{port: 443}]}]}", "The usual port of HTTPS."),
        ("ServiceMonitor", "{endpoints: [{port: http}]}", "Port 8080 of the Service web, line 7 of set.yaml, has this name."),
        ("Prometheus", "{replicas: 1}", "One Pod: while it is replaced or its node fails, nobody takes over."),
        ("AppProject", "{namespaceResourceBlacklist: [{group: ''}]}", "The core group of Pod, Service, ConfigMap, …."),
        ("AppProject", "{namespaceResourceBlacklist: [{kind: '*'}]}", "Every kind."),
    ],
)  # fmt: skip
def test_a_value_says_whom_or_what_it_means(kind: str, spec: str, words: str) -> None:
    assert told(kind, spec) == [words]


@pytest.mark.parametrize(
    ("kind", "spec"),
    [
        ("Certificate", "{secretName: '${NAME}'}"),
        ("Certificate", "{secretName: [a]}"),
        ("Certificate", "{secretName: {a: b}}"),
        ("VirtualService", "{hosts: [5]}"),
        ("VirtualService", f"{{hosts: ['{'a' * 300}']}}"),
        ("GitRepository", "{url: 'a b'}"),
        ("Application", "{source: {targetRevision: feature/x}}"),
        ("Application", "{source: {targetRevision: 7}}"),
        ("ScaledObject", "{scaleTargetRef: {kind: 5}}"),
        ("HTTPRoute", "{rules: [{backendRefs: [{port: 99999}]}]}"),
        ("HTTPRoute", "{rules: [{backendRefs: [{port: true}]}]}"),
        ("Thing", "{host: web, replicas: 2}"),
    ],
)
def test_what_is_odd_or_filled_in_later_is_passed_over(kind: str, spec: str) -> None:
    assert [words for words in told(kind, spec) if "Filled in later" not in words] == []


def test_a_path_of_a_kustomization_tells_what_stands_there() -> None:
    text = ("resources: [set.yaml, base, https://example.com/a?ref=v1, https://example.com/b]\n"
            "patches: [{path: p.yaml, target: {kind: Secret, name: web-tls}}]\ncomponents: [extra]\n")  # fmt: skip
    patch = "kind: Service\napiVersion: v1\nmetadata: {name: web}\n"
    sources = {"kustomization.yaml": text, "set.yaml": SET, "base/kustomization.yaml": "namePrefix: a-\n",
               "p.yaml": patch, "extra/kustomization.yaml": "kind: Component\n"}  # fmt: skip
    file = annotate([Source(path, content) for path, content in sources.items()])[0]
    assert [one.detail for one in file.objects[0].annotations if one.detail] == [
        "A file with Secret web-tls and 3 more.",
        "A folder with a kustomization of its own.",
        "From another repository, at the revision that `ref` names.",
        "From another repository, whatever is newest there: without `?ref=` the result may change.",
        "A kustomize patch, only part of an object.",
        "Passwords, keys and certificates for Pods of the same namespace, kept apart from the image.",
        "The Secret web-tls of these files.",
        "A folder with a Component.",
    ]
