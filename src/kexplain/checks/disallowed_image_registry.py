"""disallowed-image-registry: an image from where images are not to come from."""

from collections.abc import Iterator

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, allowed: list[str]) -> Iterator[Problem]:
    """An image outside the registries and repositories that are allowed, where any is named."""
    image = image_of(visit) if allowed else None
    if image and not image.comes_from(allowed):
        yield Problem(visit.child("image"), {"registry": image.registry})
