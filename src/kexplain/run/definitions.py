"""From what a run was told of custom kinds to what gives their definitions."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kexplain.config.settings import Settings
from kexplain.objects.crd import Given

if TYPE_CHECKING:
    from kexplain.api.definition import Definition

CRDS = "customresourcedefinitions.apiextensions.k8s.io"


def definitions_of(settings: Settings) -> Given | None:
    """What gives the definitions that the settings name; None where they name none."""
    given: list[Given] = []
    if settings.crds or settings.schema_locations:
        from kexplain.files.definitions import Definitions

        version = str(settings.kubernetes_version)
        given.append(Definitions(settings.crds, settings.schema_locations, version, settings.schema_cache))
    if settings.cluster and (settings.kinds or settings.namespaces):  # else they are among the objects that are read
        context = settings.context
        given.append(lambda wanted: of_cluster(context, wanted))
    if not given:
        return None
    return given[0] if len(given) == 1 else lambda wanted: [found for one in given for found in one(wanted)]


def given_to(settings: Settings) -> "list[Definition]":
    """Every definition in the files and folders that the settings name, for a name that may mean any of them."""
    if not settings.crds:
        return []
    from kexplain.files.definitions import below

    return [found for path in settings.crds for found in below(path)]


def of_cluster(context: str, wanted: Iterable[tuple[str, str]]) -> "Iterator[Definition]":
    """The cluster's own definitions of some kinds; none for somebody who may not read them: then the table counts."""
    from kexplain.api.lifecycle import is_builtin_group

    kinds = {kind for api_version, kind in wanted if not is_builtin_group(api_version)}
    if not kinds:
        return
    from kexplain.cluster.api_server import ClusterError
    from kexplain.cluster.read import read_cluster
    from kexplain.files.definitions import in_source
    from kexplain.syntax.source import Source

    try:
        sources = read_cluster(context, (), (CRDS,))
    except ClusterError:
        return
    for source in sources:
        if isinstance(source, Source):
            yield from in_source(source, kinds)
