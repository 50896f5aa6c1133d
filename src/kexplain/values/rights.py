"""RBAC in words: each verb, resource and API group, a whole rule in one sentence, well-known subjects and roles."""

from kexplain.catalogue.value import Near
from kexplain.domain.rbac import is_provided
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Sequence, string
from kexplain.values._shared import called, fit, listed, place, shown

RULES = ("rbac.authorization.k8s.io/v1 ClusterRole.rules[]", "rbac.authorization.k8s.io/v1 Role.rules[]")
AT = (
    *RULES,
    "rbac.authorization.k8s.io/v1 PolicyRule.apiGroups[]",
    "rbac.authorization.k8s.io/v1 PolicyRule.resources[]",
    "rbac.authorization.k8s.io/v1 PolicyRule.resourceNames[]",
    "rbac.authorization.k8s.io/v1 PolicyRule.verbs[]",
    "rbac.authorization.k8s.io/v1 RoleRef.name",
    "rbac.authorization.k8s.io/v1 Subject.name",
    "rbac.authorization.k8s.io/v1 Subject.namespace",
)

VERBS = {
    "*": "Everything that can be done, also what is invented later.",
    "get": "Read one object by its name.",
    "list": "Read all of them at once, with their whole content.",
    "watch": "Be told of each change, with the whole content.",
    "create": "Make new ones.",
    "update": "Replace an object by a changed one.",
    "patch": "Change parts of an object.",
    "delete": "Delete one object by its name.",
    "deletecollection": "Delete many at once.",
    "use": "Be allowed to use it, as PodSecurityPolicies asked for.",
    "bind": "Grant a role, even one with more rights than one's own.",
    "escalate": "Write into a role more rights than one has.",
    "impersonate": "Act as another user, group or ServiceAccount.",
    "approve": "Approve certificate requests of a signer.",
    "sign": "Sign certificates as a signer.",
    "attest": "Vouch for trust bundles of a signer.",
    "proxy": "Send HTTP requests through the API server to it.",
}
GROUPS = {
    "": "The core group: Pods, Services, ConfigMaps, Secrets, nodes.",
    "*": "All API groups, also those that are added later.",
    "apps": "Deployments, StatefulSets, DaemonSets and ReplicaSets.",
    "batch": "Jobs and CronJobs.",
    "autoscaling": "HorizontalPodAutoscalers.",
    "policy": "PodDisruptionBudgets and the eviction of Pods.",
    "networking.k8s.io": "Ingresses and NetworkPolicies.",
    "rbac.authorization.k8s.io": "Roles and their bindings, so rights themselves.",
    "storage.k8s.io": "StorageClasses, CSI drivers and volume attachments.",
    "apiextensions.k8s.io": "CustomResourceDefinitions.",
    "admissionregistration.k8s.io": "Webhooks and policies that may refuse or change every request.",
    "apiregistration.k8s.io": "Other API servers behind this one.",
    "authentication.k8s.io": "Questions who somebody is.",
    "authorization.k8s.io": "Questions what somebody may do.",
    "certificates.k8s.io": "Certificate requests.",
    "coordination.k8s.io": "Leases, by which programs choose a leader.",
    "discovery.k8s.io": "EndpointSlices, the addresses behind Services.",
    "events.k8s.io": "Events, the notes about what happens to objects.",
    "extensions": "The former group of Deployments and Ingresses, gone since 1.22.",
    "metrics.k8s.io": "The CPU and memory that nodes and Pods use.",
    "node.k8s.io": "RuntimeClasses.",
    "scheduling.k8s.io": "PriorityClasses.",
    "snapshot.storage.k8s.io": "Snapshots of volumes.",
    "argoproj.io": "Applications and projects of Argo CD, and Rollouts and Workflows of its sisters.",
    "monitoring.coreos.com": "ServiceMonitors and rules of the Prometheus Operator.",
    "networking.istio.io": "Routes and gateways of Istio.",
    "gateway.networking.k8s.io": "Gateways and routes of the Gateway API.",
    "cert-manager.io": "Certificates of cert-manager.",
}
RESOURCES = {
    "*": "All resources of the groups, also those that are added later.",
    "bindings": "The placing of Pods on nodes.",
    "clusterrolebindings": "Grants of rights in the whole cluster.",
    "clusterroles": "Roles for the whole cluster.",
    "componentstatuses": "The old report on the control plane.",
    "configmaps": "Settings of applications.",
    "cronjobs": "Jobs on a schedule.",
    "customresourcedefinitions": "The definitions of new kinds.",
    "daemonsets": "Pods on each node.",
    "deployments": "Applications without storage of their own; whoever changes them can run any image.",
    "endpoints": "The addresses behind Services, in the old form.",
    "endpointslices": "The addresses behind Services.",
    "events": "Notes about what happens to objects.",
    "horizontalpodautoscalers": "Rules by which the number of Pods changes.",
    "ingresses": "The ways into the cluster by host and path.",
    "jobs": "Pods that run to an end.",
    "leases": "Small locks by which programs choose a leader.",
    "limitranges": "Defaults and bounds for requests and limits.",
    "localsubjectaccessreviews": "Questions what somebody may do in a namespace.",
    "mutatingwebhookconfigurations": "Webhooks that may change every request.",
    "namespaces": "Namespaces; deleting one deletes all in it.",
    "networkpolicies": "Which Pods may talk to each other.",
    "nodes": "The machines of the cluster.",
    "nodes/metrics": "The measurements of each node.",
    "nodes/proxy": "The kubelet of each node, which runs commands in all its Pods.",
    "nodes/stats": "The resource use of each node.",
    "nodes/status": "What is reported about a node.",
    "persistentvolumeclaims": "Requests for storage; whoever deletes one may lose its data.",
    "persistentvolumes": "The storage of the cluster.",
    "poddisruptionbudgets": "How many Pods may be evicted at once.",
    "pods": "Running Pods; whoever creates them can use any Secret of the namespace.",
    "pods/attach": "The input and output of running containers.",
    "pods/eviction": "The orderly removal of Pods.",
    "pods/exec": "Commands run inside containers.",
    "pods/log": "The logs of containers.",
    "pods/portforward": "Connections into Pods through the API server.",
    "pods/proxy": "HTTP requests to Pods through the API server.",
    "pods/status": "What is reported about a Pod.",
    "podsecuritypolicies": "The old rules for what Pods may do, gone since 1.25.",
    "replicasets": "The sets of equal Pods below Deployments.",
    "replicationcontrollers": "The old form of sets of equal Pods.",
    "resourcequotas": "How much a namespace may use.",
    "rolebindings": "Grants of rights in a namespace.",
    "roles": "Roles of a namespace.",
    "scale": "The number of Pods.",
    "secrets": "Passwords, keys and tokens.",
    "serviceaccounts": "The identities of Pods.",
    "serviceaccounts/token": "New tokens of ServiceAccounts, so acting as them.",
    "services": "The stable addresses of Pods.",
    "services/proxy": "HTTP requests to Services through the API server.",
    "statefulsets": "Pods with fixed names and storage of their own.",
    "storageclasses": "The kinds of storage that there are.",
    "subjectaccessreviews": "Questions what somebody may do.",
    "tokenreviews": "Questions whose token it is.",
    "validatingwebhookconfigurations": "Webhooks that may refuse every request.",
    "volumeattachments": "Which volume is attached to which node.",
    "volumesnapshots": "Snapshots of volumes.",
}
PARTS = {
    "status": "What is reported about {}, apart from what is wanted.",
    "scale": "The number of Pods of {}.",
    "finalizers": "What must be done before {} may go.",
    "proxy": "HTTP requests to {} through the API server.",
    "log": "The logs of {}.",
}
PEOPLE = {
    "system:anonymous": "Everybody who sends a request without a proof of identity.",
    "system:authenticated": "Everybody who is logged in, all ServiceAccounts among them.",
    "system:masters": "The group that may do everything, which no rule can limit.",
    "system:nodes": "All kubelets.",
    "system:serviceaccounts": "All ServiceAccounts of the cluster, so nearly every Pod.",
    "system:unauthenticated": "Everybody who can reach the API server, without any proof.",
    "system:kube-controller-manager": "The program with the controllers of Kubernetes.",
    "system:kube-scheduler": "The program that places Pods on nodes.",
    "system:kube-proxy": "The program that leads connections to Services on each node.",
}
ROLES = {
    "cluster-admin": "Everything in the cluster, as far as the binding reaches.",
    "admin": "Nearly everything in a namespace, roles and bindings included.",
    "edit": "Read and write most objects of a namespace, Secrets included, but no roles.",
    "view": "Read most objects of a namespace, but no Secrets and no roles.",
    "system:auth-delegator": "Ask the API server who sends a request and what they may do; other API servers need it.",
    "system:node": "What a kubelet may do.",
    "system:discovery": "Ask which APIs there are.",
    "system:public-info-viewer": "Ask for the cluster's version and health.",
    "system:basic-user": "Ask what one may do oneself.",
    "system:kube-scheduler": "What the scheduler may do.",
    "system:image-puller": "Pull images of OpenShift's registry.",
}


def relate(visit: Visit, near: Near) -> str:
    """What a right, a whole rule, a role or a subject means."""
    if visit.position in RULES:
        return rule(visit)
    value, field = visit.value, visit.position.rpartition(".")[2]
    if not isinstance(value, str):
        return ""
    if field == "verbs[]":
        return VERBS.get(value, "")
    if field == "apiGroups[]":
        return GROUPS.get(value, "") or fit(
            f"The group {shown(value)}, which is not built in: a definition or another API server adds it."
            if shown(value)
            else ""
        )
    if field == "resources[]":
        return resource(value)
    if field == "resourceNames[]":
        return fit(f"Only the object that is called {shown(value)}." if shown(value) else "")
    if field == "namespace":
        return fit(f"The ServiceAccount lies in {shown(value)}, wherever the binding does." if shown(value) else "")
    return role(visit, value, near) if "RoleRef" in visit.position else subject(visit, value, near)


def resource(value: str) -> str:
    """One resource, or a part of one."""
    if words := RESOURCES.get(value):
        return words
    name, slash, part = value.partition("/")
    if slash and (template := PARTS.get(part)):
        return fit(template.format(shown(name) if name != "*" else "all resources"))
    return fit(f"Objects of the resource {shown(value)}." if shown(value) else "")


def rule(visit: Visit) -> str:
    """A whole rule in one sentence."""
    verbs, resources, groups = (texts(visit.node, name) for name in ("verbs", "resources", "apiGroups"))
    urls, names = texts(visit.node, "nonResourceURLs"), texts(visit.node, "resourceNames")
    if not verbs or not (resources or urls):
        return "The rule allows nothing: it lacks verbs or resources."
    does = "do everything with" if "*" in verbs else f"{joined(verbs)}"
    if urls:
        return fit(f"May {does} the paths {joined(urls)}.", f"May {does} {len(urls)} paths.")
    what = "all resources" if "*" in resources else joined(resources)
    where = "" if groups in ([""], ["*"]) else f" of {joined([group or 'the core group' for group in groups])}"
    where = " of all groups" if groups == ["*"] else where
    only = f", only {joined(names)}" if names else ""
    counted, some = f"{len(resources)} resources", ", some only" if names else ""
    return fit(f"May {does} {what}{where}{only}.", f"May {does} {what}{only}.",
               f"May {does} {counted}{where}{only}.", f"May {does} {counted}{some}.",
               f"Holds for {len(verbs)} verbs on {counted}{some}.")  # fmt: skip


def texts(node: Node, name: str) -> list[str]:
    """The texts of a list, as far as they may be shown."""
    found = node.get(name) if isinstance(node, Mapping) else None
    words = [string(item) for item in found.items] if isinstance(found, Sequence) else []
    return [word if not word else shown(word) or "…" for word in words]


def joined(words: list[str]) -> str:
    """``get, list and watch``."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def role(visit: Visit, name: str, near: Near) -> str:
    """The role that a binding grants."""
    kind = visit.parent.read("kind") if visit.parent else None
    if words := ROLES.get(name) if kind == "ClusterRole" else None:
        return words
    found = near.workspace.find(kind, name, near.facts) if isinstance(kind, str) and name else None
    if found is None and is_provided(str(kind), name):
        return "One of the roles that Kubernetes itself, or its distribution, brings."
    if found is None:
        return fit(f"The {kind} {shown(name)} is not in these files: without it the binding grants nothing."
                   if kind in {"Role", "ClusterRole"} else "")  # fmt: skip
    return fit(f"The {called(found)}, {place(found, near)}.")


def subject(visit: Visit, name: str, near: Near) -> str:
    """Who gets the rights."""
    kind, namespace = (visit.parent.read(field) if visit.parent else None for field in ("kind", "namespace"))
    if words := PEOPLE.get(name):
        return words
    if kind != "ServiceAccount":
        if name.startswith("system:serviceaccounts:"):
            return fit(f"All ServiceAccounts of the namespace {shown(name.rpartition(':')[2])}.")
        return fit(f"The {str(kind).lower()} {shown(name)}, as the cluster's login system knows it."
                   if kind in {"User", "Group"} and shown(name) else "")  # fmt: skip
    runs = [
        one
        for one in near.workspace.by_account.get(name, ())
        if not one.namespace or not namespace or one.namespace == namespace
    ]
    if name == "default":
        return "The account of all Pods of the namespace that name no other."
    if runs:
        return fit(f"{listed(runs)} {'runs' if len({called(one) for one in runs}) == 1 else 'run'} as this account.")
    found = near.workspace.find("ServiceAccount", name, near.facts)
    if found is not None:
        return fit(f"The {called(found)}, {place(found, near)}; no Pod in these files runs as it.")
    return "Neither this account nor a Pod that runs as it is in these files."
