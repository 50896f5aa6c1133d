"""cron-job-restart-policy: a CronJob whose Pods would never be done."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A ``restartPolicy`` of ``Always``, written or by default, in the Pod template of a CronJob."""
    if visit.up("JobTemplateSpec") is None:
        return
    if visit.get("restartPolicy") is None:
        yield missing(visit, "restartPolicy", what="has no restartPolicy, which means Always")
    elif visit.read("restartPolicy") == "Always":
        yield Problem(visit.child("restartPolicy"), {"what": "has restartPolicy Always"})
