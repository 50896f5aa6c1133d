"""unused-volume: a volume that the Pod waits for and no container reads."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import containers, is_mounted
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, items, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A volume of a whole Pod that is in no ``volumeMounts`` and no ``volumeDevices``."""
    spec, name = pod_spec(visit), visit.read("name")
    if spec is None or not isinstance(name, str) or is_mounted(visit) or not containers(spec):
        return
    devices = [device for _, container in containers(spec) for device in items(container.get("volumeDevices"))]
    if not any(isinstance(device, Mapping) and string(device.get("name")) == name for device in devices):
        yield Problem(visit, {"volume": name})
