"""sidecar: an application container whose name or image says that it serves another."""

import re

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Sequence, descend, string

SERVES = r"(?i)sidecar|proxy|envoy|linkerd|istio|exporter|reloader|agent|fluent|beat|promtail|logger|log-|-log|sync"
"""How what serves another container is mostly called; two containers alone may be equals."""


def matches(visit: Visit) -> bool:
    """Whether a list of containers has a second one, and one of them is called so."""
    listed = visit.node.items if isinstance(visit.node, Sequence) else []
    called = (string(descend(item, field)).rpartition("/")[2] for item in listed for field in ("name", "image"))
    return len(listed) > 1 and any(re.search(SERVES, name) for name in called)
