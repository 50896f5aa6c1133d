"""unknown-kind-version: the only API version that has the kind, or the only kind that is near."""

from kexplain.api.kinds import maturity
from kexplain.fix import Fix, Put, Target
from kexplain.fixes._shared import meant


def fix(target: Target) -> Fix | None:
    """A version of the one group that has the kind; else the kind of the version whose name is near."""
    manifest, kinds = target.visit.manifest, target.api.kinds
    version, kind = manifest.api_version, manifest.kind
    if not manifest.builtin:
        return None
    elsewhere = [key.partition(" ")[0] for key in kinds if key.endswith(f" {kind}")]
    if len({one.rpartition("/")[0] for one in elsewhere}) == 1:
        best = max(elsewhere, key=maturity)
        return Fix(f"apiVersion: {version} becomes {best}", (Put(("apiVersion",), best),), safe=True)
    name = meant(kind, [key.partition(" ")[2] for key in kinds if key.startswith(f"{version} ")], 0.8)
    if elsewhere or name is None:
        return None
    return Fix(f"kind: {kind} becomes {name}", (Put(("kind",), name),), safe=True)
