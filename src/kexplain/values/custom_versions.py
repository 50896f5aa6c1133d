"""What a version, revision or tag in a custom object fixes, and what may still change by itself."""

import re

from kexplain.objects.visit import Visit
from kexplain.values._shared import fit, shown

REVISIONS = ("targetRevision", "revision", "branch", "commit", "ref", "targetBranch")
VERSIONS = ("version", "tag", "newTag", "semver", "kubeVersion", "kubernetesVersion", "appVersion", "chartVersion")
AT = tuple(f"custom .{name}" for name in (*REVISIONS, *VERSIONS))

COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
EXACT = re.compile(r"v?\d+(?:\.\d+){1,3}(?:[-+][0-9A-Za-z.+-]{1,60})?")
LOOSE = re.compile(r"[\^~><=]\s*v?\d|^(?:v?\d{1,9}\.){0,2}[xX*](?:\.[xX*])*$")
BRANCHES = frozenset({"main", "master", "develop", "trunk"})
MOVING = frozenset({"latest", "stable", "edge", "nightly", "dev", "canary"})


def explain(visit: Visit) -> str:
    """How far the version is fixed; empty where nobody can tell."""
    text = visit.value if isinstance(visit.value, str) else ""
    field = visit.position.rpartition(".")[2].removesuffix("[]")
    if not text or visit.unresolved or visit.ref == "any" or len(text) > 100:
        return ""
    if text == "HEAD":
        return "The newest commit of the default branch, whatever it will be."
    if COMMIT.fullmatch(text):
        return "Exactly this commit, for good."
    if field in {"branch", "targetBranch"} or (field in REVISIONS and text in BRANCHES):
        return "The newest commit of this branch: what is pushed there is taken."
    if text in MOVING:
        return "No fixed version: what runs can change without a change here."
    if EXACT.fullmatch(text):
        return exactly(visit, field)
    if LOOSE.search(text) and field not in {"revision", "branch", "ref"}:
        return fit(f"The newest version that fits {shown(text)}." if shown(text) else "The newest version that fits.")
    return ""


def exactly(visit: Visit, field: str) -> str:
    """What an exact version says at a field."""
    if field in REVISIONS:
        return "The commit that this tag names."
    if field in {"kubeVersion", "kubernetesVersion"}:
        return "Counts as the version of Kubernetes, whichever the cluster has."
    if field in {"newTag", "tag"}:
        return "This tag; the registry may let it be moved, unlike a digest."
    if visit.manifest.kind == "Chart":
        return ""
    return "Exactly this version; a newer one is taken when this text changes."
