"""request-exceeds-limit: a container that asks for more than it may have."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.pod import amount
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A request, of a container or the whole Pod, that is larger than the limit of the same resource."""
    if visit.type is not None and visit.type.short == "ResourceRequirements":
        holder_of = visit.parent
        if holder_of is None or visit.up("Container") or visit.up("PodSpec") or visit.name != "resources":
            return  # that is told of the container, or of the Pod
        visit = holder_of
    requests, limits = visit.get("resources", "requests"), visit.get("resources", "limits")
    if not isinstance(requests, Mapping) or not isinstance(limits, Mapping):
        return
    holder = f'container "{visit.read("name") or "?"}"' if visit.parent and visit.read("name") else "the Pod"
    if visit.type is None or visit.type.short not in {"Container", "PodSpec"}:
        holder = visit.manifest.kind
    for resource in requests.fields:
        request, limit = amount(visit, "requests", resource), amount(visit, "limits", resource)
        if request is not None and limit is not None and request > limit:
            place = visit.child("resources").child("requests").child(resource)
            shown = visit.child("resources").child("limits").child(resource).text
            yield Problem(place, {"holder": holder, "resource": resource, "limit": shown})
