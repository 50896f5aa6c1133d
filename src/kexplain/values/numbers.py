"""Numbers with their consequence: how many Pods, how often, how long, how much against the others."""

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, place
from kexplain.values.durations import words

AT = (
    "apps/v1 DeploymentSpec.replicas",
    "apps/v1 StatefulSetSpec.replicas",
    "apps/v1 ReplicaSetSpec.replicas",
    "core/v1 ReplicationControllerSpec.replicas",
    "apps/v1 DeploymentSpec.revisionHistoryLimit",
    "apps/v1 StatefulSetSpec.revisionHistoryLimit",
    "apps/v1 DaemonSetSpec.revisionHistoryLimit",
    "apps/v1 DeploymentSpec.progressDeadlineSeconds",
    *(f"apps/v1 {name}Spec.minReadySeconds" for name in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")),
    "apps/v1 RollingUpdateStatefulSetStrategy.partition",
    "apps/v1 StatefulSetOrdinals.start",
    "autoscaling/v1 HorizontalPodAutoscalerSpec.maxReplicas",
    "autoscaling/v1 HorizontalPodAutoscalerSpec.minReplicas",
    "autoscaling/v1 HorizontalPodAutoscalerSpec.targetCPUUtilizationPercentage",
    "autoscaling/v2 HorizontalPodAutoscalerSpec.maxReplicas",
    "autoscaling/v2 HorizontalPodAutoscalerSpec.minReplicas",
    "autoscaling/v2 HPAScalingPolicy.value",
    "autoscaling/v2 HPAScalingRules.stabilizationWindowSeconds",
    "autoscaling/v2 MetricTarget.averageUtilization",
    "batch/v1 CronJobSpec.failedJobsHistoryLimit",
    "batch/v1 CronJobSpec.startingDeadlineSeconds",
    "batch/v1 CronJobSpec.successfulJobsHistoryLimit",
    "batch/v1 JobSpec.activeDeadlineSeconds",
    "batch/v1 JobSpec.backoffLimit",
    "batch/v1 JobSpec.backoffLimitPerIndex",
    "batch/v1 JobSpec.completions",
    "batch/v1 JobSpec.maxFailedIndexes",
    "batch/v1 JobSpec.parallelism",
    "batch/v1 JobSpec.ttlSecondsAfterFinished",
    "core/v1 PodSpec.activeDeadlineSeconds",
    "core/v1 PodSpec.priority",
    "core/v1 PodSpec.terminationGracePeriodSeconds",
    "core/v1 PreferredSchedulingTerm.weight",
    "core/v1 WeightedPodAffinityTerm.weight",
    "core/v1 TopologySpreadConstraint.maxSkew",
    "core/v1 TopologySpreadConstraint.minDomains",
    "core/v1 Toleration.tolerationSeconds",
    "scheduling.k8s.io/v1 PriorityClass.value",
)

MOST = 2**31
GRACE = 30
"""Seconds that a Pod has to end where nothing is written."""
BUILT_IN = 2_000_000_000


def relate(visit: Visit, near: Near) -> str:
    """The consequence of a number."""
    number = visit.value
    if type(number) is not int or not -MOST <= number < MOST:
        return ""
    if visit.name == "replicas":
        return replicas(number, near)
    if visit.position.startswith("batch/"):
        return of_job(visit, number) if number >= 0 else ""
    if visit.position.startswith("autoscaling/"):
        return of_scaling(visit, number) if number >= 0 else ""
    if visit.name in {"value", "priority"}:
        return priority(number)
    if number < 0:
        return ""
    if visit.name in {"weight", "maxSkew", "minDomains", "tolerationSeconds"}:
        return of_scheduling(visit, number)
    return of_workload(visit, number)


def pods(number: int) -> str:
    """``1 Pod``, ``2 Pods``."""
    return f"{number:,} Pod{'' if number == 1 else 's'}"


def replicas(number: int, near: Near) -> str:
    """How many Pods run, and who else sets the number."""
    scaler = next(iter(near.workspace.scalers(near.facts)), None)
    if scaler is not None:
        back = "sets the number; `kubectl apply` puts this one back."
        return fit(f"The {called(scaler)} ({place(scaler, near)}) {back}", f"The {called(scaler)} {back}",
                   f"An autoscaler {back}")  # fmt: skip
    if number == 0:
        return "No Pod runs until the number is raised."
    if number == 1:
        return "A single Pod: when it or its node fails, nothing answers until it is back."
    return f"{pods(number)} run at the same time." if number > 0 else ""


def of_workload(visit: Visit, number: int) -> str:
    """Deployments, StatefulSets, DaemonSets and Pods."""
    if visit.name == "revisionHistoryLimit":
        if number == 0:
            return "No earlier state is kept, so `kubectl rollout undo` cannot go back."
        return f"`kubectl rollout undo` can go back by {number:,} state{'' if number == 1 else 's'} at most."
    if visit.name == "progressDeadlineSeconds":
        return (
            f"A rollout without progress for {time(number)} counts as failed; it is not undone."
            if number < MOST - 1
            else ""
        )
    if visit.name == "minReadySeconds":
        return f"A new Pod counts only once it has been ready for {time(number)}." if number else ""
    if visit.name == "partition":
        return (
            "An update reaches all Pods." if number == 0 else f"An update reaches only Pods numbered {number:,} and up."
        )
    if visit.name == "start":
        return f"The first Pod has the number {number:,}."
    if visit.name == "terminationGracePeriodSeconds":
        if number == 0:
            return ""
        than = f", {'more' if number > GRACE else 'less'} than the usual {GRACE} s" if number != GRACE else ""
        return f"After the stop signal it has {time(number)} to end{than}; then it is killed."
    return f"The Pod is ended after {time(number)}, whatever it has done." if number else ""


def time(seconds: int) -> str:
    """``45 s``, ``2 minutes``."""
    return f"{seconds} s" if seconds < 60 else words(seconds)


def of_scaling(visit: Visit, number: int) -> str:
    """Autoscalers."""
    spec = visit.parent
    fewest, most = (spec.read(field) if spec else None for field in ("minReplicas", "maxReplicas"))
    if visit.name == "minReplicas":
        if number == 0:
            return "May scale to no Pod at all, which needs an external metric and a feature that is off by default."
        same = ": always this many, as the upper bound is the same" if number == most else ""
        return f"Never fewer than {pods(number)}{same}."
    if visit.name == "maxReplicas":
        known = fewest if type(fewest) is int else 1
        return (
            f"Never more than {pods(number)}, so between {known:,} and {number:,}."
            if known < number
            else f"Never more than {pods(number)}."
        )
    if visit.name in {"averageUtilization", "targetCPUUtilizationPercentage"}:
        what = spec.parent.read("name") if spec and spec.parent and visit.name == "averageUtilization" else "cpu"
        what = {"cpu": "CPU", "memory": "memory"}.get(str(what), "use")
        return (
            f"Pods are added above {number} % of the requested {what} on average, and removed below."
            if what != "use"
            else ""
        )
    if visit.name == "stabilizationWindowSeconds":
        down = spec is not None and spec.name == "scaleDown"
        if number == 0:
            return ""
        return f"The {'highest' if down else 'lowest'} number wanted within the last {time(number)} counts."
    per, type_ = (spec.read(field) if spec else None for field in ("periodSeconds", "type"))
    if type(per) is not int or per <= 0 or type_ not in {"Pods", "Percent"}:
        return ""
    way = "removed" if spec is not None and "scaleDown" in spec.path else "added"
    what = pods(number) if type_ == "Pods" else f"{number} % of the Pods"
    return f"At most {what} may be {way} in {time(per)}."


def of_job(visit: Visit, number: int) -> str:
    """Jobs."""
    name = visit.name
    if name == "backoffLimit":
        return (
            "The first failure ends the Job."
            if number == 0
            else f"The Job fails for good after {number + 1:,} failures, with growing pauses between them."
        )
    if name == "backoffLimitPerIndex":
        return (
            "Each index fails at its first failure."
            if number == 0
            else f"Each index fails for good after {number + 1:,} failures."
        )
    if name == "maxFailedIndexes":
        return f"The Job fails once more than {number:,} indexes have failed."
    if name == "completions":
        return (
            "The Job is done at once, without a Pod."
            if number == 0
            else f"The Job is done when {pods(number)} {'has' if number == 1 else 'have'} succeeded."
        )
    if name == "parallelism":
        return (
            "No Pod runs: the Job is paused."
            if number == 0
            else f"At most {pods(number)} {'runs' if number == 1 else 'run'} at a time."
        )
    if name == "ttlSecondsAfterFinished":
        return f"The Job and its logs are deleted {time(number)} after it has ended." if number else ""
    if name == "activeDeadlineSeconds":
        return f"The Job is ended as failed {time(number)} after its start, whatever it has done." if number else ""
    return of_cron_job(name, number)


def of_cron_job(name: str, number: int) -> str:
    """CronJobs."""
    if name == "startingDeadlineSeconds":
        late = " Below 10 s it may never start." if number < 10 else ""
        return f"A run that could not start within {time(number)} of its time is left out.{late}"
    which = "failed" if name == "failedJobsHistoryLimit" else "successful"
    return (
        f"No {which} Job is kept, nor its logs."
        if number == 0
        else f"The last {which} Job and its logs are kept."
        if number == 1
        else f"The last {number:,} {which} Jobs and their logs are kept."
    )


def of_scheduling(visit: Visit, number: int) -> str:
    """What the scheduler weighs."""
    if visit.name == "weight":
        around = visit.parent.parent if visit.parent else None
        count = len(around.items()) if around else 0
        if count == 1:
            return f"{number} of at most 100: the only wish here, so any number does the same."
        return f"{number} of at most 100; a node's numbers are added up, and the highest sum wins."
    if visit.name == "maxSkew":
        return f"No place may have more than {pods(number)} more than the one with the fewest."
    if visit.name == "minDomains":
        return f"As long as there are fewer than {number:,} places, one is counted as empty."
    return f"The Pod stays {time(number)} on a node that gets the taint, then it is evicted." if number else ""


def priority(number: int) -> str:
    """A priority against those that there are."""
    if number >= BUILT_IN:
        return "As high as Pods that the cluster needs."
    if number == 0:
        return "The priority that Pods without a class have."
    return f"{'Before' if number > 0 else 'After'} Pods without a class, which have 0."
