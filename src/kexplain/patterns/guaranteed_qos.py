"""guaranteed-qos: every container's limits equal its requests, for CPU and memory."""

from kexplain.domain.qos import qos_class
from kexplain.objects.visit import Visit


def matches(visit: Visit) -> bool:
    """Whether the Pods of this spec are of class Guaranteed."""
    return qos_class(visit) == "Guaranteed"
