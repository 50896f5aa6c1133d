"""What of this set a path in a kustomization leads to: the objects of a file, another kustomization, a patch."""

from kexplain.catalogue.value import Near
from kexplain.objects.kustomization import NAMES, PATCH
from kexplain.objects.visit import Visit
from kexplain.syntax.source import normal
from kexplain.values._shared import fit, listed

GROUP = "kustomize.config.k8s.io"
FIELDS = (
    "resources[]", "bases[]", "components[]", "patchesStrategicMerge[]", "patches[].path", "patchesJson6902[].path",
    "crds[]", "configurations[]", "generators[]", "transformers[]", "configMapGenerator[].files[]",
    "configMapGenerator[].envs[]", "secretGenerator[].files[]", "secretGenerator[].envs[]",
    "patches[].target.name", "replicas[].name",
)  # fmt: skip
AT = tuple(f"{GROUP} {kind}.{field}" for kind in ("Kustomization", "Component") for field in FIELDS)


def relate(visit: Visit, near: Near) -> str:
    """The objects or the folder; for an address, where it leads."""
    text, field = visit.value, visit.position.partition(".config.k8s.io ")[2].partition(".")[2]
    if not isinstance(text, str) or visit.unresolved or "\n" in text:
        return ""
    if field == "replicas[].name" or ".target." in field:
        return of_target(visit, near)
    if "://" in text or text.startswith(("github.com/", "git@")):
        return address(text)
    source = near.sources[near.facts.file]
    folder = f"{source.folder}/" if source.folder else ""
    path = normal(folder + text.partition("=")[2 if "=" in text else 0].rstrip("/"))
    there = [one for one in near.workspace.objects if normal(one.path) == path]
    if there:
        return fit(f"A file with {listed(there)}.")
    paths = {normal(one.path) for one in near.sources}
    if any(f"{path}/{name}" in paths for name in NAMES):
        return f"A folder with {'a Component' if field == 'components[]' else 'a kustomization of its own'}."
    return f"{PATCH[0].upper()}{PATCH[1:]}." if path in paths and "atch" in field else ""


def of_target(visit: Visit, near: Near) -> str:
    """The object of these files that a target names in full, told once, at its name."""
    holder = visit.parent
    if holder is None or visit.name != "name":
        return ""
    kind, name = holder.read("kind"), visit.value
    ones = [one for one in near.workspace.objects if one.name == name and (kind is None or one.kind == kind)]
    return fit(f"The {listed(ones)} of these files.", f"{len(ones)} objects of these files.") if ones else ""


def address(text: str) -> str:
    """Whether an address always leads to the same content."""
    if "ref=" in text or "version=" in text:
        return "From another repository, at the revision that `ref` names."
    return "From another repository, whatever is newest there: without `?ref=` the result may change."
