"""rbac-wildcard-resource: an RBAC rule that covers every resource of its API groups."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.rbac import READING, is_about_kubernetes, named, names
from kexplain.objects.visit import Visit
from kexplain.objects.whole import is_builtin_role


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``*`` among its resources; one that only reads matters where it reads Secrets."""
    resource = None if is_builtin_role(visit.manifest) else named(visit, "resources", {"*"})
    groups, verbs = names(visit, "apiGroups"), names(visit, "verbs")
    harmless = verbs <= READING and not {"", "*"} & groups
    if resource and is_about_kubernetes(visit) and not harmless:
        which = "all API groups" if "*" in groups else ", ".join(sorted(name or "the core group" for name in groups))
        yield Problem(resource, {"verbs": "every verb" if "*" in verbs else ", ".join(sorted(verbs)), "groups": which})
