"""What kustomizations above say of files that a run names without them, as a commit does: patches, and changes."""

import os
from collections.abc import Iterable, Iterator

from kexplain.files.decode import display, read_file
from kexplain.objects.kustomization import PATCH, patch_files
from kexplain.objects.nonmanifest import BY_NAME, KUSTOMIZATION
from kexplain.syntax.parse import parse
from kexplain.syntax.source import Source, Unread, normal

HIGHEST = 3
"""Folders looked at for a kustomization: that of the path, and those above it up to this number in all."""
NAMES = (*(name for name, what in BY_NAME.items() if what == KUSTOMIZATION), "skaffold.yaml")


def without_patches(found: Iterable[Source | Unread], paths: Iterable[str]) -> Iterator[Source | Unread]:
    """The sources, those left out that a kustomization beside or above one of the paths applies as a patch.

    The kustomizations themselves come first, to be read for what they do to others.
    """
    above = kustomizations_above(paths)
    patches = {patch for source in above for document in parse(source.text) for patch in patch_files(source, document)}
    sources = list(found)
    there = {source.path for source in sources}
    for kustomization in above:
        if kustomization.path not in there:
            kustomization.beside = True
            yield kustomization
    for source in sources:
        is_patch = isinstance(source, Source) and bool(patches) and normal(source.path) in patches
        yield Unread(source.path, PATCH, wrong=False, skipped=True, understood=True) if is_patch else source


def kustomizations_above(paths: Iterable[str]) -> list[Source]:
    """Every kustomization, and configuration of Skaffold, in the folder of a path and the folders above it."""
    folders = {folder for path in paths if path != "-" for folder in folders_above(path)}
    files = [f"{folder}/{name}" for folder in sorted(folders) for name in NAMES]
    return [source for file in files if os.path.isfile(file) and isinstance(source := read_file(file), Source)]


def folders_above(path: str) -> Iterator[str]:
    """The folder that a path lies in and those above it; a relative path leads no higher than the current folder."""
    folder = display(os.path.normpath(path))
    for _ in range(HIGHEST):
        if folder in {"", ".", "/"} or folder.endswith(".."):
            return
        folder = os.path.dirname(folder)
        yield folder or "."
