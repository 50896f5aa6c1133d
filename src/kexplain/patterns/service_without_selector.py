"""service-without-selector: a Service whose endpoints somebody else writes."""

from kexplain.tree import Mapping
from kexplain.walk import Visit


def matches(visit: Visit) -> bool:
    """Whether a Service's spec has no selector and is no ExternalName."""
    selector = visit.get("selector")
    return not (isinstance(selector, Mapping) and selector.fields) and visit.read("type") != "ExternalName"
