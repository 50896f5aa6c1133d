"""rbac-wildcard-verb: an RBAC rule that allows every verb."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.rbac import is_builtin_role, named, names
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A rule with ``*`` among its verbs."""
    verb = None if is_builtin_role(visit.manifest) else named(visit, "verbs", {"*"})
    if verb:
        on = ", ".join(sorted(names(visit, "resources") or names(visit, "nonResourceURLs"))) or "nothing"
        yield Problem(verb, {"on": shorten(on)})
