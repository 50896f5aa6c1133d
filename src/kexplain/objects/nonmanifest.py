"""YAML that is no Kubernetes object: what it is, so that a report can say why it was not checked."""

from kexplain.syntax.cause import Reason
from kexplain.syntax.tree import Mapping, Node, Sequence, string

KUSTOMIZATION = Reason("a kustomization", "--render, or kustomize build … | kexplain lint -, checks what it makes")
PLUGIN = "settings of a generator or transformer of kustomize"
KUBEADM = "a kubeadm configuration file"
KUBEADM_KINDS = frozenset(
    f"{name}Configuration" for name in ("Init", "Join", "Cluster", "Reset", "Upgrade", "Kubelet", "KubeProxy")
)
"""Kinds of kubeadm and kind, which take them without ``apiVersion`` too."""
ENCRYPTED = Reason("encrypted by SOPS", "decrypt it to check it (sops -d … | kexplain lint -)")
CONFIGURATION_GROUPS = {
    "kustomize.config.k8s.io": KUSTOMIZATION,
    "skaffold": "a Skaffold configuration",
    "kubeadm.k8s.io": KUBEADM,
    "kubelet.config.k8s.io": "a kubelet configuration file",
    "kubeproxy.config.k8s.io": "a kube-proxy configuration file",
    "kubescheduler.config.k8s.io": "a scheduler configuration file",
    "apiserver.config.k8s.io": "an API server configuration file",
    "audit.k8s.io": "an audit policy file of the API server",
    "kind.x-k8s.io": "a kind cluster configuration",
    "client.authentication.k8s.io": "a client credential",
    "backstage.io": "a Backstage catalog entity",
}

BY_NAME = {
    "kustomization.yaml": KUSTOMIZATION, "kustomization.yml": KUSTOMIZATION, "Kustomization": KUSTOMIZATION,
    "Chart.yaml": "a Helm chart's description", "values.yaml": "values for a Helm chart",
    ".pre-commit-config.yaml": "a pre-commit configuration", "mkdocs.yml": "an MkDocs configuration",
    ".gitlab-ci.yml": "a GitLab CI pipeline", "package.json": "an npm package description",
    "docker-compose.yml": "a Compose file", "docker-compose.yaml": "a Compose file", "compose.yaml": "a Compose file",
    "skaffold.yaml": "a Skaffold configuration", "renovate.json": "a Renovate configuration",
    ".kexplain.yaml": "kexplain's own configuration", ".kexplain.yml": "kexplain's own configuration",
}  # fmt: skip

BY_KEYS: list[tuple[set[str], str]] = [
    ({"on", "jobs"}, "a GitHub Actions workflow"),
    ({"true", "jobs"}, "a GitHub Actions workflow"),
    ({"services", "version"}, "a Compose file"),
    ({"openapi", "paths"}, "an OpenAPI document"),
    ({"swagger", "paths"}, "an OpenAPI document"),
    ({"clusters", "contexts", "users"}, "a kubeconfig"),
    ({"stages"}, "a CI pipeline"),
    ({"repos"}, "a pre-commit configuration"),
    ({"resources", "namePrefix"}, KUSTOMIZATION),
    ({"version", "findings"}, "a report or a baseline of kexplain"),
    ({"creation_rules"}, "a configuration of SOPS"),
    ({"data", "sops"}, ENCRYPTED),
    ({"$schema"}, "a JSON document with a schema of its own"),
]


def without_encryption(root: Mapping) -> Mapping:
    """An object without what SOPS adds to it and takes away before it is applied; itself where that is not there."""
    added = root.get("sops")
    if not isinstance(added, Mapping) or not {"mac", "lastmodified", "version"} & added.fields.keys():
        return root
    return Mapping(root.start, root.end, {name: entry for name, entry in root.fields.items() if name != "sops"})


def recognise(path: str, root: Node) -> str:
    """What a document is that is no Kubernetes object; empty where it cannot be told."""
    name = path.rpartition("/")[2]
    if name in BY_NAME:
        return BY_NAME[name]
    if name.startswith("values") and name.endswith((".yaml", ".yml")):
        return BY_NAME["values.yaml"]
    if isinstance(root, Mapping):
        if string(root.get("kind")) in KUBEADM_KINDS and "apiVersion" not in root.fields:
            return KUBEADM
        keys = set(root.fields)
        return next((what for wanted, what in BY_KEYS if wanted <= keys), "")
    first = root.items[0] if isinstance(root, Sequence) and root.items else None
    if isinstance(first, Mapping) and {"hosts", "tasks"} & set(first.fields):
        return "an Ansible playbook"
    if isinstance(first, Mapping) and {"op", "path"} <= set(first.fields):
        return "a JSON 6902 patch"
    return ""
