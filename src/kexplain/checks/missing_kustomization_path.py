"""missing-kustomization-path: a kustomization that names a file or folder which is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.domain.kustomize import KUSTOMIZATIONS, is_plain, named_paths
from kexplain.files.tree import FILE, FOLDER, NOTHING
from kexplain.objects.kustomization import NAMES
from kexplain.objects.visit import Visit
from kexplain.syntax.source import normal


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Paths of this repository alone, each once, and only of a kustomization that itself lies there."""
    source, tree = visit.manifest.source, context.tree
    if tree.what(source.path) != FILE:
        return
    folder = f"{source.folder}/" if source.folder else ""
    seen: set[tuple[str, str]] = set()
    for field, place, written in named_paths(visit):
        if place.unresolved or not is_plain(written) or (field, written) in seen:
            continue
        seen.add((field, written))
        path = normal(folder + written.rstrip("/"))
        found = tree.what(path)
        names = [tree.what(f"{path}/{name}") for name in NAMES] if field in KUSTOMIZATIONS and found == FOLDER else []
        if found == NOTHING:
            yield Problem(place, {"in": field, "path": shorten(written), "what": "which is not there"})
        elif names and all(one == NOTHING for one in names):
            yield Problem(place, {"in": field, "path": shorten(written), "what": "a folder without a kustomization"})
