"""burstable-qos: some container asks for CPU or memory, but the Pod is not guaranteed."""

from kexplain.domain.qos import qos_class
from kexplain.objects.visit import Visit


def matches(visit: Visit) -> bool:
    """Whether the Pods of this spec are of class Burstable."""
    return qos_class(visit) == "Burstable"
