"""best-effort-qos: no container asks for CPU or memory."""

from kexplain.domain.qos import qos_class
from kexplain.objects.visit import Visit


def matches(visit: Visit) -> bool:
    """Whether the Pods of this spec are of class BestEffort."""
    return qos_class(visit) == "BestEffort"
