"""service-without-selector: a Service whose endpoints somebody has to write by hand."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem

OWNER = "kubernetes.io/service-name"


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A Service of any type but ExternalName without selector, for which the run has no endpoints either."""
    service = subject.service if subject.type == "core/v1 Service" else None
    if not service or not service.unselected or service.type == "ExternalName":
        return
    slices = others.by_kind.get("EndpointSlice", ())
    if others.find("Endpoints", subject.name, subject) or any(s.labels.get(OWNER) == subject.name for s in slices):
        return
    yield Problem(service.unselected)
