"""Durations, seconds and cron schedules of custom kinds, which are written as text or number under many names."""

import re

from kexplain.objects.visit import Visit
from kexplain.values.cron import MACROS, describe, never, read, summary
from kexplain.values.durations import words

REPEATED = ("interval", "retryInterval", "refreshInterval", "refreshTime", "scrapeInterval", "evaluationInterval",
            "groupInterval", "repeatInterval", "resyncPeriod", "pollInterval", "backupSyncPeriod", "pollingInterval",
            "validationFrequency", "requeueAfterSeconds", "updateInterval", "serverPollingInterval")  # fmt: skip
LASTING = ("duration", "timeout", "renewBefore", "scrapeTimeout", "for", "keep_firing_for", "groupWait", "retention",
           "ttl", "consolidateAfter", "expireAfter", "terminationGracePeriod", "cooldownPeriod", "maxDuration",
           "initialDelay", "fixedDelay", "perTryTimeout", "request", "backendRequest", "connectTimeout", "idleTimeout",
           "baseEjectionTime", "fixedInterval", "pipeline", "tasks", "finally", "csiSnapshotTimeout", "period",
           "itemOperationTimeout", "autoPromotionSeconds", "scaleDownDelaySeconds", "progressDeadlineSeconds",
           "activeDeadlineSeconds", "startingDeadlineSeconds", "secondsAfterCompletion", "secondsAfterSuccess",
           "secondsAfterFailure", "timeoutSeconds", "stopDelay", "startDelay", "windowDuration", "retentionPolicy",
           "stabilizationWindowSeconds", "initialCooldownPeriod", "deleteDelayDuration", "loadBalancerTimeout",
           "switchoverDelay", "smartShutdownTimeout", "abortScaleDownDelaySeconds", "minReadySeconds", "maxAge",
           "stsSeconds", "outOfOrderTimeWindow", "nodeStartupTimeout", "holdTime", "keepaliveTime")  # fmt: skip
SCHEDULES = "schedule", "schedules", "cron"
AT = tuple(f"custom .{name}" for name in (*REPEATED, *LASTING, *SCHEDULES))

LONGEST, LONGEST_TEXT = 110, 100
ONE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?)(ms|y|w|d|h|m|s)")
WHOLE = re.compile(rf"(?:{ONE.pattern})+")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
IN_UTC = {"kyverno.io", "policies.kyverno.io", "karpenter.sh"}
"""Groups whose schedules are read in UTC, whatever the zone of the controller."""
WITH_SECONDS = "postgresql.cnpg.io"
"""The group whose schedules have a field for seconds in front."""
ZONE = re.compile(r"[A-Za-z0-9._+/-]{1,50}")


def explain(visit: Visit) -> str:
    """How long, how often or when; empty where the text is no such thing, or says no more than its number does."""
    name = visit.position.rpartition(".")[2].removesuffix("[]")
    value = visit.value
    if name in SCHEDULES:
        return schedule(visit) if isinstance(value, str) and len(value) <= LONGEST_TEXT else ""
    seconds = length(value) if visit.position[-1] != "]" else None
    if not seconds:
        return ""
    text = words(seconds)
    if name in REPEATED:
        return f"Every {re.sub('^1 (?=[a-z]+$)', '', text)}."
    return "" if isinstance(value, int | float) and seconds < SECONDS["m"] else f"{text[0].upper()}{text[1:]}."


def length(value: object) -> int | None:
    """Whole seconds of a number of them, or of a text as Go and Prometheus write it; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 < value < 10**12 and value == int(value) else None
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not WHOLE.fullmatch(value):
        return None
    total = sum(float(amount) * SECONDS[unit] for amount, unit in ONE.findall(value))
    return int(total) if total == int(total) and total < 10**12 else None


def schedule(visit: Visit) -> str:
    """A cron schedule in words, with its time zone as far as the object says it."""
    text, group = str(visit.value), visit.position.partition(" ")[0]
    if group == WITH_SECONDS:
        first, _, text = text.partition(" ")
        if first != "0":
            return ""
    parts = read(MACROS.get(text, text))
    if not parts:
        return ""
    if never(parts):
        return "Never: none of its months has such a day."
    where = zone(visit, group)
    texts = (found + where + "." for found in (describe(parts), summary(parts)))
    return next((found for found in texts if len(found) <= LONGEST), "")


def zone(visit: Visit, group: str) -> str:
    """The time zone beside a schedule, or that of its group; empty where neither says it."""
    holder = visit.parent
    if holder is not None and visit.position.endswith("[]"):
        holder = holder.parent
    for name in ("timezone", "timeZone"):
        found = holder.read(name) if holder else None
        if isinstance(found, str) and ZONE.fullmatch(found):
            return f", {found} time"
    return ", UTC" if group in IN_UTC else ""
