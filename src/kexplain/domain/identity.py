"""As which user and group a container runs, by number."""

from collections.abc import Iterator

from kexplain.check import Problem, missing
from kexplain.domain.pods import effective, pod_level, reach, scalar
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit


def low_ids(container: Visit, field: str, minimum: int) -> Iterator[Problem]:
    """A number of a container's user or group that is left out or below the least; one of its Pod counts for it.

    Where the Pod has a user namespace of its own the numbers are mapped, and nothing is low.
    """
    spec = pod_spec(container)
    if spec is None or spec.read("hostUsers") is False:
        return
    value = scalar(effective(container, field))
    if value is None:
        place, rest = reach(container, "securityContext", field)
        yield missing(place, rest or field, state="not set")
    elif isinstance(value, int) and not isinstance(value, bool) and value < minimum:
        holder = spec if container.get("securityContext", field) is None and pod_level(container, field) else container
        yield Problem(
            holder.child("securityContext").child(field), {"state": value, "container": container.read("name") or "?"}
        )
