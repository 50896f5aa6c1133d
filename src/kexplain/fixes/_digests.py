"""The digests that images have in the files of a run, by the image as it is written without one."""

import re
from functools import lru_cache

from kexplain.fix import Fix, Put, Target

PINNED = re.compile(r"([\w][\w.:/-]*)@(sha256:[0-9a-f]{64})\b")


def pinned(target: Target) -> Fix | None:
    """The image with the digest that it has elsewhere; None where it has none or several."""
    image = target.visit.text
    found = digests(tuple(file.source.text for file in target.files.values())).get(image, frozenset())
    if target.rest or len(found) != 1:
        return None
    (digest,) = found
    return Fix(f"pin {image} to {digest[:19]}…", (Put(target.path, f"{image}@{digest}"),))


@lru_cache(maxsize=2)
def digests(texts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Digests by image, of all the texts."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for name, digest in PINNED.findall(text):
            found.setdefault(name, set()).add(digest)
    return {name: frozenset(some) for name, some in found.items()}
