"""missing-secret: a container, volume or Ingress that needs a Secret, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import holds
from kexplain.domain.reference import missing_keys, missing_object
from kexplain.objects.manifest import Manifest
from kexplain.objects.walk import Visit
from kexplain.objects.workspace import same_namespace
from kexplain.syntax.tree import Mapping, Sequence

ISSUERS = {"cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme",
           "cert.gardener.cloud/purpose"}  # fmt: skip
"""Annotations by which a controller makes the Secret that an Ingress names."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A reference to a Secret that the run lacks and nobody in it may make, or to a key that it has without."""
    annotations = visit.manifest.metadata.get("annotations")
    if isinstance(annotations, Mapping) and ISSUERS & annotations.fields.keys():
        return
    if missing_object(visit, context) and not is_made_by_program(visit.manifest, context):
        yield Problem(visit, {"what": f'there is no Secret "{visit.value}" here'})
    yield from missing_keys(visit, context)


def is_made_by_program(near: Manifest, context: Context) -> bool:
    """Whether a role beside the reference lets a program create Secrets, as a Job does that makes up a password."""
    workspace = context.workspace
    roles = (*workspace.by_kind.get("Role", ()), *workspace.by_kind.get("ClusterRole", ()))
    lists = [r.root.get("rules") for r in roles if same_namespace(r, near) and workspace.beside(r, near)]
    rules = [rule for node in lists if isinstance(node, Sequence) for rule in node.items]
    return any(holds(r, "resources", {"secrets", "*"}) and holds(r, "verbs", {"create", "*"}) for r in rules)
