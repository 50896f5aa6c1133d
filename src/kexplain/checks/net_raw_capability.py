"""net-raw-capability: a container that may forge packets."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import is_windows, reach
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import string

ENOUGH = frozenset({"ALL", "NET_RAW"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container that adds ``NET_RAW``, or does not drop what the runtime gives it unasked."""
    if is_windows(visit):
        return
    for index, item in enumerate(visit.items("securityContext", "capabilities", "add")):
        if capability(string(item)) in ENOUGH:
            place = visit.child("securityContext").child("capabilities").child("add").child(str(index))
            yield Problem(place, {"what": f"capabilities.add has {string(item)}"})
            return
    if not any(capability(string(i)) in ENOUGH for i in visit.items("securityContext", "capabilities", "drop")):
        place, rest = reach(visit, "securityContext", "capabilities", "drop")
        values = {"what": "capabilities.drop has neither NET_RAW nor ALL"}
        yield missing(place, rest, **values) if rest else Problem(place, values)


def capability(written: str) -> str:
    """The name of a capability as the kernel's header has it, without its prefix."""
    return written.upper().removeprefix("CAP_")
