"""unknown-kind-version: an apiVersion and kind that Kubernetes does not have, or does not have yet."""

from collections.abc import Iterator

from kexplain.api import schema
from kexplain.api.lifecycle import lifecycle
from kexplain.api.release import OLDEST
from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit
from kexplain.words import FEW, near

"""The oldest version whose kinds are known."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A kind of a built-in API group that the target does not serve and that was not removed before it."""
    manifest = visit.manifest
    version, kind = manifest.api_version, manifest.kind
    if not manifest.builtin:
        yield from unserved(visit)
        return
    row = lifecycle(version, kind)
    if f"{version} {kind}" in context.api.kinds:
        return
    if row and row.removed_in and (row.removed_in <= context.release or context.release < OLDEST):
        return  # it is gone, or its time is before that of the bundled types
    known_group = (
        any(key.startswith(f"{manifest.group}/") for key in context.api.kinds)
        or not manifest.group
        or "." in manifest.group
    )
    if not known_group and not any(key.endswith(f" {kind}") for key in context.api.kinds):
        return  # a file of some tool that also writes apiVersion and kind
    field = "kind" if any(key.startswith(f"{version} ") for key in context.api.kinds) else "apiVersion"
    yield Problem(
        visit.child(field),
        {"version": version, "where": f"Kubernetes {context.release}", "hint": hint(version, kind, context)},
    )


def unserved(visit: Visit) -> Iterator[Problem]:
    """A custom object whose definition is here and serves other versions only."""
    manifest = visit.manifest
    custom = manifest.api.custom if manifest.api else None
    definitions = custom.definitions(manifest.group, manifest.kind) if custom else []
    served = {definition.version for definition in definitions if definition.served}
    if any(definition.path for definition in definitions) and manifest.api_version.rpartition("/")[2] not in served:
        words = f"; it serves {' and '.join(sorted(served))}" if served else ""
        yield Problem(
            visit.child("apiVersion"),
            {"version": manifest.api_version, "where": "its CustomResourceDefinition", "hint": words},
        )


def hint(version: str, kind: str, context: Context) -> str:
    """A version that has the kind, or the nearest kind."""
    later = [release for release in schema.releases_of(version, kind) if release > context.release]
    if later:
        return f"; it exists since {later[0]}"
    elsewhere = [key.partition(" ")[0] for key in context.api.kinds if key.endswith(f" {kind}")]
    if elsewhere:
        return f"; {kind} is in {' and '.join(elsewhere)}"
    kinds = {key.partition(" ")[2] for key in context.api.kinds}
    close = near(kind, kinds, many=FEW)
    return f"; did you mean {close[0]}?" if close else ""
