"""allow-dns-egress: an egress rule that lets DNS through."""

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, plain_value


def matches(visit: Visit) -> bool:
    """Whether an egress rule names port 53 over UDP or TCP."""
    ports = (plain_value(port) for port in visit.items("ports") if isinstance(port, Mapping))
    return any(
        isinstance(port, dict) and str(port.get("port")) == "53" and port.get("protocol") in (None, "TCP", "UDP")
        for port in ports
    )
