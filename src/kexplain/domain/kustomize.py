"""What the fields of a kustomization name in its own repository: files and folders, as far as a name is no address."""

import re
from collections.abc import Iterator

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Sequence

FILES_OR_FOLDERS = ("resources", "bases", "components", "generators", "transformers", "validators")
KUSTOMIZATIONS = ("resources", "bases", "components")
"""Fields whose folders must hold a kustomization."""
FILES = ("patchesStrategicMerge", "crds", "configurations")
WITH_PATH = ("patches", "patchesJson6902", "replacements")
REMOTE = re.compile(r"://|\?|@|\$|\*|[{}\n:]|//|^/|^[\w-]+(?:\.[\w-]+)+/|^git::")
"""What stands in addresses, texts, patterns and absolute paths, and in no plain path of a repository."""


def named_paths(root: Visit) -> Iterator[tuple[str, Visit, str]]:
    """The paths that a kustomization names: the field, the visit of the text, and the path as it is written.

    What feeds a Secret is left out: it rightly lies in no repository.
    """
    for field in (*FILES_OR_FOLDERS, *FILES):
        yield from ((field, item, item.text) for item in items(root, field))
    for field in WITH_PATH:
        yield from ((field, item.child("path"), str(item.read("path") or "")) for item in items(root, field))
    for made in items(root, "configMapGenerator"):
        for field in ("files", "envs"):
            yield from ((field, item, item.text.partition("=")[2] or item.text) for item in items(made, field))
        if made.read("env"):
            yield "env", made.child("env"), str(made.read("env"))
    openapi = root.child("openapi")
    if openapi is not root and openapi.read("path"):
        yield "openapi", openapi.child("path"), str(openapi.read("path"))


def items(visit: Visit, field: str) -> Iterator[Visit]:
    """The visits of the items of a list in a field."""
    below = visit.child(field)
    if below is not visit and isinstance(below.node, Sequence):
        yield from (below.child(str(number)) for number in range(len(below.node.items)))


def is_plain(path: str) -> bool:
    """Whether a text is a path below or beside the file that it stands in."""
    return bool(path) and REMOTE.search(path) is None
