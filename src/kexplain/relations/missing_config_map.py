"""missing-config-map: a container or volume that needs a ConfigMap, or a key of one, that is not there."""

from collections.abc import Iterator

from kexplain.objects.facts import Facts
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem
from kexplain.relations._shared import missing, missing_keys


def check(subject: Facts, others: Workspace) -> Iterator[Problem]:
    """A reference to a ConfigMap that the run lacks, or to a key that it has without."""
    yield from missing("ConfigMap", subject, others)
    for naming in subject.naming:
        if naming.kind == "ConfigMap":
            yield from missing_keys(naming, subject, others)
