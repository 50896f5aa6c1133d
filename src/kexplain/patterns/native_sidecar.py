"""native-sidecar: an init container that restarts always."""

from kexplain.objects.pod import is_sidecar
from kexplain.objects.visit import Visit


def matches(visit: Visit) -> bool:
    """Whether a container is an init container with ``restartPolicy: Always``."""
    return is_sidecar(visit)
