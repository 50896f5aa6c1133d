"""latest-image-tag: an image that is whatever the registry calls latest at that moment."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An image without digest whose tag is ``latest``, written or implied."""
    image = image_of(visit)
    if image and not image.digest and image.implicit_tag == "latest":
        what = "has the tag latest" if image.tag else "has no tag, which means latest"
        yield Problem(visit.child("image"), {"what": what})
