"""dangling-service-monitor: a ServiceMonitor by which Prometheus finds nothing to scrape."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts, MonitorFacts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A selector that fits no Service where the monitor looks, in a set that has Services."""
    monitor = subject.monitor
    if not monitor or not monitor.selector.asks or others.complete is False:
        return
    services = others.by_kind.get("Service", [])
    judged = others.complete or any(one.folder == subject.folder for one in services)
    if judged and not any(finds(monitor, subject, one) for one in services):
        yield Problem(monitor.spot)


def finds(monitor: MonitorFacts, subject: Facts, service: Facts) -> bool:
    """Whether a ServiceMonitor finds a Service; one whose namespace is not written can be in any."""
    own = frozenset({subject.namespace}) if subject.namespace else frozenset[str]()
    where = own if monitor.namespaces is None else monitor.namespaces
    return (not where or not service.namespace or service.namespace in where) and monitor.selector.selects(
        service.labels
    )
