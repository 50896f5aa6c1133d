"""Containers that only wait: whoever started them wants a place to look around from, or a Pod that holds room."""

import re

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Scalar, Sequence

WAITING = (
    r"(?:/(?:usr/)?bin/)?(?:sleep\s+\S+|tail\s+(?:-f|--follow)\s+/dev/null|/?pause)"
    r"|(?:while\s+(?:true|:|sleep\s+\S+|\[\s*1\s*\])\s*;\s*do\s*(?:sleep\s+\S+|:|true)\s*;?\s*done)"
)
IDLE = rf"\s*(?:exec\s+|trap\s[^;&]*;\s*)*(?:{WAITING})\s*(?:&\s*wait)?;?\s*"
SHELLS = ("sh", "bash", "ash")
PAUSE = ("pause", "pause-amd64", "pause-arm64", "pause-win")
"""The last part of an image that does nothing but hold a Pod's namespaces."""


def is_idle(container: Visit) -> bool:
    """Whether a container does nothing: it sleeps, follows an empty file, or is the pause image."""
    words = [*texts(container, "command"), *texts(container, "args")]
    if not words:
        return is_pause(container.read("image"))
    if words[0].rpartition("/")[2] in SHELLS:
        words = words[-1:] if len(words) > 1 and words[1].startswith("-") and words[1].endswith("c") else []
    return re.fullmatch(IDLE, " ".join(words)) is not None


def texts(container: Visit, field: str) -> list[str]:
    """The words of a container's command or arguments; what is no text as it is written."""
    node = container.get(field)
    listed = node.items if isinstance(node, Sequence) else []
    return [str(item.value) for item in listed if isinstance(item, Scalar)]


def is_pause(image: object) -> bool:
    """Whether an image is the pause image, of whichever registry."""
    return isinstance(image, str) and image.rpartition("/")[2].partition("@")[0].partition(":")[0] in PAUSE
