"""pod-never-restarted: a Pod that stays down once it fell."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import FINITE_KINDS
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping

HOOK = "helm.sh/hook"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """``restartPolicy: Never`` where no Job stands behind the Pod and Helm does not wait for it."""
    annotations = visit.manifest.metadata.get("annotations")
    if isinstance(annotations, Mapping) and HOOK in annotations.fields:
        return
    if visit.manifest.builtin and visit.manifest.kind not in FINITE_KINDS:
        yield Problem(visit)
