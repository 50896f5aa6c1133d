"""invalid-chart-values: default values of a chart that its own values.schema.json refuses."""

from collections.abc import Iterator
from typing import Any

from kexplain.check import Context, Problem, shorten
from kexplain.objects.chart_values import SCHEMA, schema_of
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import plain_value

MOST = 50
"""Problems of one file."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """What a schema says of values that are there; what must be filled in is not asked for."""
    from kexplain.domain.json_schema import departures  # here: few charts have a schema

    folder = visit.manifest.source.folder
    schema = schema_of(context.tree.text(f"{folder}/{SCHEMA}" if folder else SCHEMA) or "")
    seen: set[tuple[str, ...]] = set()
    for path, keyword, wanted in departures(schema, plain_value(visit.node)) if schema else ():
        place = visit
        for step in path:
            place = place.child(step)
        if path in seen or place.unresolved or len(seen) >= MOST:
            continue
        seen.add(path)
        yield Problem(place, {"field": ".".join(path) or "the whole", "what": words(keyword, wanted)}, place.grip)


def words(keyword: str, wanted: Any) -> str:
    """What the schema wants, in words."""
    if keyword == "type":
        return f"must be {' or '.join(map(str, wanted)) if isinstance(wanted, list) else wanted}"
    if keyword == "enum" and isinstance(wanted, list):
        return f"must be one of {shorten(', '.join(map(str, wanted)))}"
    if keyword == "false":
        return "is no value that it knows"
    if isinstance(wanted, str | int | float):
        return f"must meet {keyword} {shorten(str(wanted))}"
    return f"does not meet its {keyword}"
