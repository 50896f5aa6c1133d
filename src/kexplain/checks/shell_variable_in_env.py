"""shell-variable-in-env: an environment variable that was meant to be extended as a shell does it."""

import re
from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value that holds its own name as ``${NAME}`` or ``$NAME``, and more than that."""
    name, value = visit.parent.read("name") if visit.parent else None, visit.value
    if not isinstance(name, str) or not name or not isinstance(value, str) or "$" not in value:
        return
    own = re.escape(name)
    match = re.search(rf"(?<!\$)\$(?:\{{{own}\}}|{own}(?!\w))", value)
    if match and match[0] != value.strip():
        yield Problem(visit, {"variable": name, "shown": match[0]})
