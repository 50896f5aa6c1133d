"""deprecated-api-version: an API version that is still served but on its way out."""

from collections.abc import Iterator

from kexplain.api.lifecycle import Lifecycle, lifecycle
from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An object whose API version is deprecated in the target version and not yet removed."""
    definition = visit.manifest.definition
    if definition is not None and definition.warning is not None:
        said = f": {shorten(definition.warning)}" if definition.warning else ""
        yield Problem(
            visit.child("apiVersion"),
            {"version": definition.api_version, "life": f"deprecated by its definition{said}"},
        )
        return
    row = lifecycle(visit.manifest.api_version, visit.manifest.kind)
    if row is None or row.deprecated_in is None:
        return
    if not row.is_kubernetes or (
        row.deprecated_in <= context.release and not (row.removed_in and row.removed_in <= context.release)
    ):
        yield Problem(visit.child("apiVersion"), {"version": row.api_version, "life": life(row)})


def life(row: Lifecycle) -> str:
    """Since when it is deprecated, when it goes, what to use."""
    by = "" if row.is_kubernetes else f"{row.product} "
    end = f" and removed in {by}{row.removed_in}" if row.removed_in else ""
    return f"deprecated since {by}{row.deprecated_in}{end}" + (f"; use {row.replacement}" if row.replacement else "")
