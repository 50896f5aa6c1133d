"""How long a probe lets a container fail."""

from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.values.durations import words

AT = ("core/v1 Probe.failureThreshold",)

PERIOD = 10
"""Seconds between probes where ``periodSeconds`` is not set."""
MOST = 10**6
"""Misses and seconds above are not put in words."""
KILLED = ", then the container is killed for good"
THEN = {
    "livenessProbe": ", then the container is restarted",
    "readinessProbe": ", then Services stop sending it traffic",
    "startupProbe": ", then the container is restarted",
}


def explain(visit: Visit) -> str:
    """After how many misses, and so how much time, the probe fails."""
    misses = visit.value
    period = (visit.parent.read("periodSeconds") if visit.parent else None) or PERIOD
    if type(misses) is not int or type(period) is not int:
        return ""
    if not (0 < misses < MOST and 0 < period < MOST):
        return ""
    probe = visit.parent.name if visit.parent else ""
    then = KILLED if probe != "readinessProbe" and is_left_dead(visit) else THEN.get(probe, "")
    if misses == 1:
        return f"Fails at the first miss{then}."
    total = misses * period
    span = f"{total} s" if total < 60 else words(total)
    about = "" if span.startswith("about") else "about "
    return f"Fails after {misses:,} misses, {period:,} s apart: {about}{span}{hanging(visit, misses, period)}{then}."


def is_left_dead(visit: Visit) -> bool:
    """Whether the kubelet starts no container of the Pod again."""
    spec = pod_spec(visit)
    return spec is not None and spec.read("restartPolicy") == "Never"


def hanging(visit: Visit, misses: int, period: int) -> str:
    """How much longer it takes where the probe gets no answer at all, in brackets: the next waits for the last."""
    timeout = visit.parent.read("timeoutSeconds") if visit.parent else None
    if type(timeout) is not int or not period < timeout < MOST:
        return ""
    total = misses * timeout
    return f" ({f'{total} s' if total < 60 else words(total)} if it hangs)"
