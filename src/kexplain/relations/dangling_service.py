"""dangling-service: a Service whose selector finds no Pod template of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import dangling


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A selector that matches no Pod template in its namespace; an ExternalName ignores its selector."""
    if not subject.service or subject.service.type != "ExternalName":
        yield from dangling("core/v1 ServiceSpec.selector", subject, others)
