"""frozen-image-registry: an image from where no new one will come."""

from collections.abc import Iterator, Sequence

from kexplain.check import Context, Problem
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit


def check(visit: Visit, context: Context, *, registries: Sequence[str]) -> Iterator[Problem]:
    """An image of one of the registries."""
    image = image_of(visit.parent) if visit.parent else None
    found = next((registry for registry in registries if image and image.comes_from([registry])), None)
    if image and found:
        yield Problem(visit, {"image": image.name.removeprefix(found).strip("/"), "registry": found})
