"""Seconds that are easier to read as minutes, hours or days."""

from kexplain.objects.visit import Visit

AT = (
    "admissionregistration.k8s.io/v1 MutatingWebhook.timeoutSeconds",
    "admissionregistration.k8s.io/v1 ValidatingWebhook.timeoutSeconds",
    "apps/v1 DaemonSetSpec.minReadySeconds",
    "apps/v1 DeploymentSpec.minReadySeconds",
    "apps/v1 DeploymentSpec.progressDeadlineSeconds",
    "apps/v1 ReplicaSetSpec.minReadySeconds",
    "apps/v1 StatefulSetSpec.minReadySeconds",
    "authentication.k8s.io/v1 TokenRequestSpec.expirationSeconds",
    "autoscaling/v2 HPAScalingPolicy.periodSeconds",
    "autoscaling/v2 HPAScalingRules.stabilizationWindowSeconds",
    "batch/v1 CronJobSpec.startingDeadlineSeconds",
    "batch/v1 JobSpec.activeDeadlineSeconds",
    "batch/v1 JobSpec.ttlSecondsAfterFinished",
    "certificates.k8s.io/v1 CertificateSigningRequestSpec.expirationSeconds",
    "coordination.k8s.io/v1 LeaseSpec.leaseDurationSeconds",
    "core/v1 ClientIPConfig.timeoutSeconds",
    "core/v1 PodCertificateProjection.maxExpirationSeconds",
    "core/v1 PodSpec.activeDeadlineSeconds",
    "core/v1 PodSpec.terminationGracePeriodSeconds",
    "core/v1 Probe.initialDelaySeconds",
    "core/v1 Probe.periodSeconds",
    "core/v1 Probe.terminationGracePeriodSeconds",
    "core/v1 Probe.timeoutSeconds",
    "core/v1 ReplicationControllerSpec.minReadySeconds",
    "core/v1 ServiceAccountTokenProjection.expirationSeconds",
    "core/v1 SleepAction.seconds",
    "core/v1 Toleration.tolerationSeconds",
    "resource.k8s.io/v1 DeviceToleration.tolerationSeconds",
    "storage.k8s.io/v1 CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds",
    "storage.k8s.io/v1 TokenRequest.expirationSeconds",
)

ZERO = {
    "PodSpec.terminationGracePeriodSeconds": "Containers are killed at once, with no time to shut down.",
    "minReadySeconds": "A Pod counts as available as soon as it is ready.",
    "stabilizationWindowSeconds": "Each new recommendation is followed at once.",
    "ttlSecondsAfterFinished": "The Job is deleted as soon as it finishes.",
}
"""What no time at all means, by the field or by type and field."""
NO_DEADLINE = 2**31 - 1
"""The ``progressDeadlineSeconds`` that stands for none."""
UNITS = (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")
YEAR = 31_556_952


def explain(visit: Visit) -> str:
    """A duration of a minute or more in words, and what zero means."""
    seconds = visit.value
    if type(seconds) is float and seconds.is_integer():
        seconds = int(seconds)
    if type(seconds) is not int:
        return ""
    if visit.name == "tolerationSeconds" and seconds <= 0:
        return "Pods are evicted at once, as if they did not tolerate the taint."
    if visit.name == "progressDeadlineSeconds" and seconds == NO_DEADLINE:
        return "No deadline: a rollout that is stuck is never reported as failed."
    if seconds == 0:
        return ZERO.get(visit.name) or ZERO.get(visit.position.rpartition(" ")[2], "")
    if not 60 <= seconds < 2**63:
        return ""
    text = words(seconds)
    return f"{text[0].upper()}{text[1:]}."


def words(seconds: int) -> str:
    """A duration in at most three units (``1 hour 30 minutes``), or ``about`` so long."""
    if seconds >= 2 * YEAR:
        return f"about {seconds // YEAR:,} years"
    parts = []
    for size, noun in UNITS:
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount} {noun}{'' if amount == 1 else 's'}")
    return " ".join(parts) if len(parts) <= 3 else f"about {' '.join(parts[:2])}"
