"""hard-coded-secret-in-env: an environment variable with a credential written into the manifest."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.credentials import form, is_named
from kexplain.objects.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A literal ``value`` that is a credential by its own form, or by the name of the variable."""
    name, value = visit.read("name"), visit.read("value")
    if not isinstance(name, str) or not isinstance(value, str):
        return
    what = form(value) or ("a credential" if is_named(name, value) else "")
    if what and not context.workspace.find("Secret", value, visit.manifest):
        found = visit.child("value")
        yield Problem(found, {"variable": name, "what": what}, secret=found.span)
