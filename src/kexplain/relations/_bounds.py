"""What the LimitRanges and ResourceQuotas of a Pod's namespace say, as far as the run surely has them."""

from collections import Counter
from collections.abc import Iterator

from kexplain.objects.facts import ContainerFacts, Facts
from kexplain.objects.workspace import Workspace


def in_its_namespace(kind: str, subject: Facts, others: Workspace) -> Iterator[Facts]:
    """The objects of a kind in the namespace of an object, both of which name it; not one of several variants."""
    for one in others.by_kind.get(kind, ()):
        if one.bounds and one.namespace and one.namespace == subject.namespace:
            variants = [o for o in others.by_name[kind, one.name] if o.namespace == one.namespace]
            if len(variants) == 1 or others.beside(one, subject):
                yield one


def bounded(subject: Facts) -> list[ContainerFacts]:
    """The containers of a Pod, or of the one Pod template of a built-in kind, that the API server counts at a start."""
    if not subject.builtin or len(subject.templates) != 1:
        return []
    return [one for one in subject.containers if "ephemeralContainers[" not in one.spot.path]


def together(subject: Facts, section: str) -> Counter[str]:
    """What the containers that run side by side request, or their limits: a request that is not given is the limit."""
    total: Counter[str] = Counter()
    for container in bounded(subject):
        if "initContainers[" in container.spot.path:
            continue
        found = {a.resource: a.number for a in container.asked if a.section == "limits"}
        own = {a.resource: a.number for a in container.asked if a.section == section}
        total.update(own if section == "limits" else found | own)
    return total
