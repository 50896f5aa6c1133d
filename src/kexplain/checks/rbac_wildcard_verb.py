"""rbac-wildcard-verb: an RBAC rule that allows every verb."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.domain.rbac import named, names
from kexplain.objects.walk import Visit
from kexplain.objects.whole import is_builtin_role


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``*`` among its verbs; for paths, where verbs are HTTP methods, that says little."""
    verb = None if is_builtin_role(visit.manifest) else named(visit, "verbs", {"*"})
    resources = names(visit, "resources")
    if verb and resources:
        yield Problem(verb, {"on": shorten(what(resources, names(visit, "apiGroups")))})


def what(resources: set[str], groups: set[str]) -> str:
    """What the rule is about, in words: every resource, that of some API groups, or those it names."""
    if "*" not in resources:
        return ", ".join(sorted(resources))
    if "*" in groups:
        return "every resource"
    listed = ", ".join(group or '""' for group in sorted(groups))
    return f"every resource of the API group{'s' if len(groups) > 1 else ''} {listed}"
