"""dangling-service: a Service whose selector finds no Pod template of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import selects_nothing


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A selector that matches no Pod template in its namespace; an ExternalName ignores its selector."""
    if subject.service and subject.service.type == "ExternalName":
        return
    for selecting in subject.selecting:
        if selecting.position == "core/v1 ServiceSpec.selector" and selects_nothing(selecting, subject, others):
            shown = ", ".join(f"{name}={value}" for name, value in selecting.selector.labels.items())
            yield Problem(selecting.spot, {"labels": shown})
