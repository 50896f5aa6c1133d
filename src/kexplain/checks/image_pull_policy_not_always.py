"""image-pull-policy-not-always: an image that a node takes from its cache without asking the registry."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, missing
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A pull policy, written or by default, other than ``Always``; a digest never changes."""
    image, policy = image_of(visit), visit.read("imagePullPolicy")
    if image is None or image.digest or policy == "Always":
        return
    if policy is not None:
        yield Problem(visit.child("imagePullPolicy"), {"policy": f"is {policy}"})
    elif image.tag and image.tag != "latest":
        yield missing(visit, "imagePullPolicy", policy="is not set, which means IfNotPresent for a tag")
