"""image-not-pinned-by-digest: an image that is found by a name which can move."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.walk import Visit


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """An image reference without a digest."""
    image = image_of(visit)
    if image and not image.digest:
        yield Problem(visit.child("image"))
