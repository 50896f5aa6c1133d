"""latest-image-tag: an image that is whatever the registry calls latest at that moment, or by another moving name."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, tags: Sequence[str]) -> Iterator[Problem]:
    """An image without digest whose tag, written or implied, is one of those that move."""
    image = image_of(visit)
    if image and not image.digest and image.implicit_tag in tags:
        what = f"has the tag {image.tag}" if image.tag else "has no tag, which means latest"
        yield Problem(visit.child("image"), {"what": what})
