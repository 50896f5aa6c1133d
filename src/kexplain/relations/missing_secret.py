"""missing-secret: a container, volume or Ingress that needs a Secret, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace, same_namespace
from kexplain.relation import Problem
from kexplain.relations._shared import is_missing, missing_keys

ISSUERS = {"cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme",
           "cert.gardener.cloud/purpose"}  # fmt: skip
"""Annotations by which a controller makes the Secret that an Ingress names."""


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A reference to a Secret that the run lacks and nobody in it may make, or to a key that it has without."""
    if ISSUERS & subject.annotations:
        return
    for naming in subject.naming:
        if naming.kind != "Secret":
            continue
        if is_missing(naming, subject, others) and not is_made_by_program(subject, others):
            yield Problem(naming.spot, {"what": f'there is no Secret "{naming.name}" here'})
        yield from missing_keys(naming, subject, others)


def is_made_by_program(subject: Facts, others: Workspace) -> bool:
    """Whether a role beside the reference lets a program create Secrets, as a Job does that makes up a password."""
    roles = (*others.by_kind.get("Role", ()), *others.by_kind.get("ClusterRole", ()))
    makers = (one for one in roles if one.role and one.role.creates_secrets)
    return any(same_namespace(one, subject) and others.beside(one, subject) for one in makers)
