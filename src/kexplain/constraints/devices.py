"""Constraints of dynamic resource allocation that no general kind can say.

Source: pkg/apis/resource/validation, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, is_set, items_of, scalar_text, shown, unresolved, value_at
from kexplain.syntax.tree import Mapping, descend

PLACES = ("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection")


def request_names(claim: Mapping, arguments: str) -> Iterator[Violation]:
    """Requests that constraints and configuration name: they are in the claim."""
    known = set()
    for request in items_of(claim, "requests"):
        name = scalar_text(descend(request, "name"))
        known.add(name)
        known |= {f"{name}/{scalar_text(descend(item, 'name'))}" for item in items_of(request, "firstAvailable")}
    for field in ("constraints", "config"):
        for index, item in enumerate(items_of(claim, field)):
            for number, node in enumerate(items_of(item, "requests")):
                if scalar_text(node) not in known and not unresolved(node):
                    where = (field, str(index), "requests", str(number))
                    yield Violation(where, f"there is no request {shown(node)} in this claim")


def one_place(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Where the devices of a slice are: said in exactly one way."""
    found = [name for name in PLACES if is_set(spec.get(name)) and value_at(spec, (name,)) is not False]
    if not found:
        yield Violation((), f"the slice has none of {', '.join(PLACES)}")
    elif len(found) > 1:
        yield Violation((found[1],), f"{' and '.join(found)} exclude each other; one may be set", at_key=True)
