"""job-without-ttl: a finished Job that stays for ever, or that goes before its CronJob lets it go."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping

HOOK, FIELD = "helm.sh/hook", "ttlSecondsAfterFinished"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A Job without the field, save a hook of Helm; a CronJob whose Jobs have it."""
    if visit.manifest.kind == "CronJob":
        spec = visit.child("spec").child("jobTemplate").child("spec")
        if visit.get("spec", "jobTemplate", "spec", FIELD) is not None:
            what = f"deletes its Jobs by {FIELD}, beside its history limits"
            yield Problem(spec.child(FIELD), {"what": what})
        return
    annotations = visit.manifest.metadata.get("annotations")
    is_hook = isinstance(annotations, Mapping) and HOOK in annotations.fields
    if visit.get("spec", FIELD) is None and not is_hook:
        yield missing(visit, f"spec.{FIELD}", what=f"has no {FIELD}")
