"""selinux-options-disallowed: an SELinux label that Pod Security leaves to the runtime."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import bearer
from kexplain.objects.visit import Visit

TYPES = frozenset({"container_t", "container_init_t", "container_kvm_t"})


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A user or role that is not empty, or a type beyond those allowed: from 1.31 on there is one more."""
    types = TYPES | {"container_engine_t"} if context.release >= (1, 31) else TYPES
    if visit.value not in {None, ""} and not (visit.name == "type" and visit.value in types):
        yield Problem(visit, {"who": bearer(visit)})
