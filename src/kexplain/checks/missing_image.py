"""missing-image: a container for which nobody says what is to run."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Scalar, descend, items, string


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container whose image is absent or empty, unless OpenShift fills it in."""
    image = visit.get("image")
    absent = image is None or (isinstance(image, Scalar) and isinstance(image.value, str) and not image.value.strip())
    if not absent or is_triggered(visit):
        return
    if image is None:
        yield missing(visit, "image")
    else:
        yield Problem(visit.child("image"))


def is_triggered(visit: Visit) -> bool:
    """Whether the image comes from a trigger of a DeploymentConfig."""
    if visit.manifest.kind != "DeploymentConfig":
        return False
    triggers = items(descend(visit.manifest.root, "spec", "triggers"))
    return any(isinstance(one, Mapping) and string(one.get("type")) == "ImageChange" for one in triggers)
