"""dangling-hpa: an autoscaler whose target is not among the objects of the run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.walk import Visit
from kexplain.workspace import same_namespace


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``scaleTargetRef`` that no object matches by group, kind, name and namespace."""
    kind, name = visit.read("spec", "scaleTargetRef", "kind"), visit.read("spec", "scaleTargetRef", "name")
    version = visit.read("spec", "scaleTargetRef", "apiVersion")
    if not (isinstance(kind, str) and isinstance(name, str)):
        return
    group = version.rpartition("/")[0] if isinstance(version, str) else None
    found = any(
        m.name == name and same_namespace(m, visit.manifest) and group in {None, m.group}
        for m in context.workspace.by_kind.get(kind, ())
    )
    if not found and context.workspace.can_judge(kind, visit.manifest):
        shown = f"{version} {kind}" if version else kind
        yield Problem(visit.child("spec").child("scaleTargetRef"), {"target": f'{shown} "{name}"'})
