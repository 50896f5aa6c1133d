"""service-without-selector: a Service whose endpoints somebody else writes."""

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping


def matches(visit: Visit) -> bool:
    """Whether a Service's spec has no selector and is no ExternalName."""
    selector = visit.get("selector")
    return not (isinstance(selector, Mapping) and selector.fields) and visit.read("type") != "ExternalName"
