"""dangling-hpa: an autoscaler whose target is not among the objects of the run."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A ``scaleTargetRef`` that no object matches by kind and name, or only one of another group."""
    aim = subject.scaler
    if subject.kind != "HorizontalPodAutoscaler" or not aim or aim.kind is None or aim.name is None:
        return
    target = others.find(aim.kind, aim.name, subject)
    if target is None:
        wrong = others.lacks(aim.kind, aim.name, subject)
    else:
        group = aim.version.rpartition("/")[0] if isinstance(aim.version, str) else target.group
        wrong = target.group not in {group, "extensions"}
    if wrong:
        shown = f"{aim.version} {aim.kind}" if aim.version else aim.kind
        yield Problem(aim.spot, {"target": f'{shown} "{aim.name}"'})
