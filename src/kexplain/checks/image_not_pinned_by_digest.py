"""image-not-pinned-by-digest: an image that is found by a name which can move."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, exempt: Sequence[str]) -> Iterator[Problem]:
    """An image reference without a digest, but for the exempt sources."""
    image = image_of(visit)
    if image and not image.digest and not image.comes_from(exempt):
        yield Problem(visit.child("image"))
