"""dangling-hpa: an autoscaler whose target is not among the objects of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._nearest import Lost, lost_name


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``scaleTargetRef`` that no object matches by kind and name, or only one of another group."""
    aim = subject.scaler
    if subject.kind != "HorizontalPodAutoscaler" or not aim or aim.kind is None or aim.name is None:
        return
    target, lost = others.find(aim.kind, aim.name, subject), None
    if target is None:
        lost = lost_name(aim.kind, aim.name, subject, others)
    else:
        group = aim.version.rpartition("/")[0] if isinstance(aim.version, str) else target.group
        if target.group not in {group, "extensions"}:
            lost = Lost(f"; the nearest is of {target.api_version}", (named_there(target),))
    if lost:
        shown = f"{aim.version} {aim.kind}" if aim.version else aim.kind
        yield Problem(aim.spot, {"target": f'{shown} "{aim.name}"', "nearest": lost.nearest}, lost.elsewhere)
