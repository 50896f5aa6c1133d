"""Probes as a timeline: when it asks, what it asks, how long it waits, and what follows."""

from kexplain.catalogue.value import Near
from kexplain.domain.pods import ports_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping
from kexplain.values._shared import fit, shown
from kexplain.values.durations import words

PROBES = tuple(f"core/v1 Container.{name}" for name in ("livenessProbe", "readinessProbe", "startupProbe"))
AT = (
    *PROBES,
    "core/v1 Probe.initialDelaySeconds",
    "core/v1 Probe.periodSeconds",
    "core/v1 Probe.successThreshold",
    "core/v1 Probe.timeoutSeconds",
    "core/v1 HTTPGetAction.path",
    "core/v1 HTTPGetAction.port",
    "core/v1 TCPSocketAction.port",
    "core/v1 GRPCAction.port",
)

MOST = 10**6
DEFAULTS = {"initialDelaySeconds": 0, "periodSeconds": 10, "timeoutSeconds": 1, "failureThreshold": 3}
LARGEST = 65535


def relate(visit: Visit, near: Near) -> str:
    """What a line of a probe means for its times."""
    if visit.position in PROBES:
        return timeline(visit)
    if "Action." in visit.position:
        return target(visit)
    number = visit.value
    if type(number) is not int or not 0 < number < MOST:
        return ""
    if visit.name == "initialDelaySeconds":
        return f"The first question comes {time(number)} after the container has started."
    if visit.name == "periodSeconds":
        return f"The question comes every {time(number)}." if number > 1 else "The question comes every second."
    if visit.name == "timeoutSeconds":
        return f"An answer that takes longer than {time(number)} counts as a miss."
    return "One good answer is enough." if number == 1 else f"{number:,} good answers in a row are needed."


def time(seconds: int) -> str:
    """``45 s``, ``2 minutes``."""
    return f"{seconds} s" if seconds < 60 else words(seconds)


def timeline(probe: Visit) -> str:
    """The whole probe: when it begins, and when it fails at the earliest."""
    found = [probe.read(name) for name in DEFAULTS]
    numbers = [default if value is None else value for value, default in zip(found, DEFAULTS.values(), strict=True)]
    if not all(type(number) is int and 0 <= number < MOST for number in numbers) or not numbers[1] or not numbers[3]:
        return ""
    delay, period, timeout, misses = (int(str(number)) for number in numbers)
    start = f"From {time(delay)} after the start, asks" if delay else "Asks"
    every = f"every {time(period)}" if period > 1 else "every second"
    wait = f"waits up to {time(timeout)} for an answer"
    miss = "1 miss" if misses == 1 else f"{misses:,} misses in a row"
    return fit(f"{start} {every}, {wait}, and fails after {miss}.")


def target(visit: Visit) -> str:
    """What is asked: the address, with the number behind a name."""
    action, value = visit.parent, visit.value
    container = visit.up("Container")
    if action is None or container is None:
        return ""
    port = action.read("port")
    number = (
        next((n for name, n in ports_of(container.node) if name == port), port)
        if isinstance(container.node, Mapping)
        else port
    )
    if visit.name == "path":
        hook = visit.up("Lifecycle") is not None
        if hook:
            return ""
        scheme = "https" if action.read("scheme") == "HTTPS" else "http"
        asked = shown(str(value).lstrip("/")) if value != "/" else ""
        if type(number) is int and (asked or value in {"/", ""}):
            return fit(
                f"Asks {scheme}://POD:{number}/{asked} and wants an answer from 200 to 399.",
                "Wants an answer from 200 to 399.",
            )
        return "Wants an answer from 200 to 399."
    if type(number) is not int or not 0 < number <= LARGEST:
        return fit(f"No port of this container is named {shown(value)}." if shown(value) else "")
    if isinstance(value, str):
        return fit(f"Port {number}, which this container names {shown(value)}.")
    name = next((n for n, declared in ports_of(container.node) if declared == number and n), None)
    if shown(name):
        return fit(f"The port that this container names {shown(name)}.")
    declared = any(p == number for _, p in ports_of(container.node))
    return (
        f"Port {number} of this container, which it declares."
        if declared
        else f"Port {number} of this container, which it does not declare."
    )
