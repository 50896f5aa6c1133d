"""dangling-hpa: an autoscaler whose target is not among the objects of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``scaleTargetRef`` that no object matches by kind and name, or only one of another group."""
    version, kind, name = (visit.read("spec", "scaleTargetRef", field) for field in ("apiVersion", "kind", "name"))
    if not (isinstance(kind, str) and isinstance(name, str)):
        return
    target = context.workspace.find(kind, name, visit.manifest)
    if target is None:
        wrong = context.workspace.lacks(kind, name, visit.manifest)
    else:
        group = version.rpartition("/")[0] if isinstance(version, str) else target.group
        wrong = target.group not in {group, "extensions"}
    if wrong:
        shown = f"{version} {kind}" if version else kind
        yield Problem(visit.child("spec").child("scaleTargetRef"), {"target": f'{shown} "{name}"'})
