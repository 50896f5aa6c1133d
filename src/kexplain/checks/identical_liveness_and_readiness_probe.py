"""identical-liveness-and-readiness-probe: one question asked twice, and no patience between the answers."""

from collections.abc import Iterator

from kexplain.check import Context, Elsewhere, Problem
from kexplain.domain.pods import ports_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, plain_value

ACTIONS = ("exec", "httpGet", "tcpSocket", "grpc")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A liveness probe that asks what the readiness probe asks, and gives up no later."""
    question = asked(visit, "livenessProbe")
    if question is None or question != asked(visit, "readinessProbe"):
        return
    if patience(visit, "livenessProbe") <= patience(visit, "readinessProbe"):
        place = Elsewhere(visit.manifest, visit.child("readinessProbe").span, "the readiness probe")
        yield Problem(visit.child("livenessProbe"), elsewhere=(place,))


def asked(container: Visit, probe: str) -> tuple[str, dict[str, object]] | None:
    """The action of a probe with its defaults; a named port as its number."""
    for action in ACTIONS:
        node = container.get(probe, action)
        if isinstance(node, Mapping):
            fields = {name: plain_value(entry.value) for name, entry in node.fields.items()}
            port = fields.get("port")
            fields["port"] = dict(ports_of(container.node)).get(port, port) if isinstance(port, str) else port
            defaults = {"path": "/", "scheme": "HTTP"} if action == "httpGet" else {}
            return action, {**defaults, **{name: v for name, v in fields.items() if v is not None}}
    return None


def patience(container: Visit, probe: str) -> int:
    """Seconds until a probe that fails has failed often enough."""
    period, threshold = container.read(probe, "periodSeconds"), container.read(probe, "failureThreshold")
    return (period if isinstance(period, int) else 10) * (threshold if isinstance(threshold, int) else 3)
