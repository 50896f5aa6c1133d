"""missing-source-path: a Flux Kustomization or an Argo CD Application whose folder of this repository is not there."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.domain.kustomize import is_plain, items
from kexplain.files.tree import FILE, NOTHING, address
from kexplain.objects.visit import Visit
from kexplain.syntax.source import normal

BRANCHES = frozenset({None, "", "HEAD", "main", "master"})
"""Revisions that are probably the one that is looked at."""


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """Only where it is evident that the source is the repository that the manifest itself lies in."""
    source, tree = visit.manifest.source, context.tree
    root = tree.root(source.path) if source.origin is None and tree.what(source.path) == FILE else None
    for place in () if root is None else paths(visit, context):
        written = str(place.value)
        path = normal(f"{root}/{written}").strip("/")
        if is_plain(written) and not place.unresolved and tree.what(path) == NOTHING:
            yield Problem(place, {"path": shorten(written)})


def paths(visit: Visit, context: Context) -> Iterator[Visit]:
    """The paths of this repository that an object names."""
    if visit.manifest.kind == "Kustomization":
        if is_own(visit):
            yield from given(visit.child("spec"))
        return
    here = context.tree.addresses(visit.manifest.source.path)
    spec = visit.child("spec")
    sources = [spec.child("source"), *items(spec, "sources")] if here else []
    for one in sources:
        url = one.read("repoURL")
        if isinstance(url, str) and address(url) in here and one.read("targetRevision") in BRANCHES:
            yield from given(one)


def is_own(visit: Visit) -> bool:
    """Whether the source is the one that ``flux bootstrap`` makes for the repository it writes into."""
    holder = visit.child("spec").child("sourceRef")
    named = (holder.read("kind"), holder.read("name"), holder.read("namespace") or visit.manifest.namespace)
    return named in {("GitRepository", "flux-system", "flux-system"), ("GitRepository", "flux-system", "")}


def given(holder: Visit) -> Iterator[Visit]:
    """The path in a field, where there is one."""
    if isinstance(holder.read("path"), str):
        yield holder.child("path")
