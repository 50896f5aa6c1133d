"""Where an image comes from, and when it is pulled."""

from kexplain.domain.image import DOCKER_HUB, Image, parse_image
from kexplain.objects.visit import Visit

AT = ("core/v1 Container.image", "core/v1 EphemeralContainer.image", "core/v1 ImageVolumeSource.reference")

LONGEST = 110
LONGEST_REGISTRY, LONGEST_TAG = 55, 40
"""Characters that are shown."""


def explain(visit: Visit) -> str:
    """The registry, what fixes the version, and the default pull policy; less where that is too long."""
    if not isinstance(visit.value, str):
        return ""
    try:
        image = parse_image(visit.value)
    except ValueError:
        return ""
    field = "pullPolicy" if visit.name == "reference" else "imagePullPolicy"
    written = visit.parent.read(field) if visit.parent else None
    policy = "" if written else f"; {field} defaults to {default_policy(image)}"
    hub = image.registry == DOCKER_HUB
    short = "Docker Hub" if hub else shorten(image.registry, LONGEST_REGISTRY)
    name = f"{short} ({image.name})" if hub else short
    tries = (f"From {where}, {version(image)}{tail}." for where in (name, short) for tail in (policy, ""))
    return next((text for text in tries if len(text) <= LONGEST), f"From {short}.")


def default_policy(image: Image) -> str:
    """The pull policy of an image that has none written."""
    return "Always" if image.implicit_tag == "latest" else "IfNotPresent"


def version(image: Image) -> str:
    """What fixes the version of an image."""
    if image.digest:
        ignored = f" (tag {shorten(image.tag, LONGEST_TAG)} is ignored)" if image.tag else ""
        return f"fixed by its digest{ignored}"
    return f"tag {shorten(image.tag, LONGEST_TAG)}" if image.tag else "tag latest as none is written"


def shorten(text: str, most: int) -> str:
    """A part of a name in at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
