"""mismatching-instance-label: a workload whose instance label is another name than its own."""

from collections.abc import Iterator

from kexplain.check import Context, Problem, shorten
from kexplain.objects.visit import Visit

LABEL = "app.kubernetes.io/instance"


def check(visit: Visit, context: Context) -> Iterator[Problem]:
    """The label, where it is there and not the object's name."""
    found = visit.get("metadata", "labels", LABEL)
    name = visit.manifest.name
    if found is not None and name:
        place = visit.child("metadata").child("labels").child(LABEL)
        if place.text != name:
            yield Problem(place, {"shown": shorten(place.text)})
