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
        on = "every resource" if "*" in resources else ", ".join(sorted(resources))
        yield Problem(verb, {"on": shorten(on)})
