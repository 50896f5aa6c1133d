"""missing-secret: a container, volume or Ingress that needs a Secret, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing, missing_keys

ISSUERS = {"cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme",
           "cert.gardener.cloud/purpose"}  # fmt: skip
"""Annotations by which a controller makes the Secret that an Ingress names."""


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A reference to a Secret that the run lacks and nobody in it may make, or to a key that it has without."""
    if ISSUERS & subject.annotations:
        return
    yield from missing("Secret", subject, others)
    for naming in subject.naming:
        if naming.kind == "Secret":
            yield from missing_keys(naming, subject, others)
