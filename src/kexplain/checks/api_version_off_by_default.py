"""api-version-off-by-default: an alpha or beta API that a cluster serves only where somebody switched it on."""

from collections.abc import Iterator

from kexplain.api.kinds import maturity
from kexplain.api.lifecycle import lifecycle
from kexplain.check import Context, Problem
from kexplain.objects.visit import Visit

BETA_SERVED = ("flowcontrol.apiserver.k8s.io", "autoscaling", "batch", "policy", "discovery.k8s.io",
               "events.k8s.io", "node.k8s.io")  # fmt: skip
"""Groups whose last beta versions are older than Kubernetes 1.24, which began to leave new ones off."""
BETA_KINDS_SERVED = ("CSIStorageCapacity",)


def check(visit: Visit, context: Context, *, enabled: list[str]) -> Iterator[Problem]:
    """A built-in kind in an alpha version, or in a beta version of the time since betas are off at first."""
    manifest = visit.manifest
    version, kind = manifest.api_version, manifest.kind
    if not manifest.builtin or f"{version} {kind}" not in context.api.kinds or version in enabled:
        return
    stable, steady, _ = maturity(version)
    row = lifecycle(version, kind)
    if row and row.removed_in and row.removed_in <= context.release:
        return  # removed-api-version says more
    if (stable and steady) or (stable and (manifest.group in BETA_SERVED or kind in BETA_KINDS_SERVED)):
        return
    stage = "beta" if stable else "alpha"
    better = next((v for v in versions(kind, manifest.group, context) if all(maturity(v)[:2])), "")
    instead = f"; use {better}" if better else ""
    yield Problem(visit.child("apiVersion"), {"version": version, "stage": stage, "instead": instead})


def versions(kind: str, group: str, context: Context) -> list[str]:
    """The versions of a kind in its group that the target has."""
    pairs = (key.partition(" ") for key in context.api.kinds)
    return [version for version, _, name in pairs if name == kind and version.partition("/")[0] == group]
