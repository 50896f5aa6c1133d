"""tiller-deployed: the server of Helm 2, which obeys whoever reaches it."""

from collections.abc import Iterator

from kexplain.api.references import labels_of
from kexplain.check import Context, Problem, shorten
from kexplain.domain.pods import image_of
from kexplain.objects.visit import Visit

LABELS = {"app": "helm", "name": "tiller"}


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """A container of that image, or a Pod with the labels of ``helm init``."""
    if visit.type is not None and visit.type.short != "Container":
        if labels_of(visit.get("metadata", "labels")).items() >= LABELS.items():
            yield Problem(visit, {"what": "it has the labels app: helm and name: tiller"}, visit.grip)
        return
    image = image_of(visit)
    if image is not None and image.repository.rpartition("/")[2] == "tiller":
        place = visit.child("image")
        yield Problem(place, {"what": f"its image is {shorten(place.text)}"})
