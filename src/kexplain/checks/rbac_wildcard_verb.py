"""rbac-wildcard-verb: an RBAC rule that allows every verb."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.domain.rbac import is_about_kubernetes, named, names
from kexplain.objects.visit import Visit
from kexplain.objects.whole import is_builtin_role


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``*`` among its verbs; for paths, where verbs are HTTP methods, that says little.

    Nor does it over kinds that the role's own project defines. Of ``*`` among the resources too, another rule tells.
    """
    verb = None if is_builtin_role(visit.manifest) else named(visit, "verbs", {"*"})
    resources = names(visit, "resources")
    if verb and resources and "*" not in resources and is_about_kubernetes(visit):
        yield Problem(verb, {"on": shorten(", ".join(sorted(resources)))})
