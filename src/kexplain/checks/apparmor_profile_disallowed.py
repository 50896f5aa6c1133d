"""apparmor-profile-disallowed: an AppArmor profile other than the runtime's or one of the node."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import bearer, is_pod_annotation
from kexplain.objects.visit import Visit

FIELDS = frozenset({"RuntimeDefault", "Localhost"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A profile type other than those two, or an annotation of a Pod that says the like."""
    value = visit.value
    if visit.position == "core/v1 AppArmorProfile.type":
        if value is not None and value not in FIELDS:
            yield Problem(visit, {"who": bearer(visit)})
        return
    is_fine = not isinstance(value, str) or value in {"", "runtime/default"} or value.startswith("localhost/")
    if not is_fine and is_pod_annotation(visit):
        yield Problem(visit, {"who": f'container "{visit.name.partition("/")[2]}"'})
