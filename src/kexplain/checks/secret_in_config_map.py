"""secret-in-config-map: a ConfigMap with a credential in it."""

import re
from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.objects.credentials import form, is_named
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Span

ASSIGNMENT = re.compile(
    r"""^[ \t]*(?:export[ ]+|-[ ]+)?["']?([A-Za-z][\w.-]{1,80})["']?[ \t]*[:=][ \t]*"""
    r"""["']?([^\s"'$<>{}()\[\]%;|&\\]{3,})["']?[ \t]*,?[ \t]*(?:\#.*)?$""",
    re.MULTILINE,
)
CODE = (".sh", ".py", ".lua", ".js", ".ts", ".go", ".rb", ".pl", ".tmpl", ".tpl", ".html", ".md", ".rego")


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A value that is a credential by its key or form, or lines of it that assign one to a telling name."""
    value = visit.value
    if not isinstance(value, str):
        return
    what = form(value) or ("a credential" if is_named(visit.name, value) else "")
    if what:
        yield Problem(visit, {"what": what, "where": visit.name}, visit.grip)
    elif not visit.name.endswith(CODE):
        yield from assignments(visit, value)


def assignments(visit: Visit, text: str) -> Iterator[Problem]:
    """Lines such as ``db.password=…``, each at its own place in the manifest."""
    written, position = visit.manifest.source.text, visit.node.start
    for match in ASSIGNMENT.finditer(text):
        if is_named(match[1], match[2]):
            found = written.find(match[0].strip(), position, visit.node.end)
            place = Span(found, found + len(match[1])) if found >= 0 else visit.grip
            position = max(position, place.end)
            values = {"what": "a credential", "where": f"{match[1]} in {visit.name}"}
            yield Problem(visit, values, place)
