"""Which kustomizations and charts of a run are built, and which files remain to be read as they are."""

import os
from collections.abc import Callable, Iterator, Sequence

from kexplain.errors import InputError
from kexplain.files import program
from kexplain.files.confines import is_below
from kexplain.files.decode import read_file
from kexplain.rendering import helm, kustomize
from kexplain.rendering.templates import chart_of, template
from kexplain.syntax.source import Source, Unread

CHART_FILES = (helm.CHART, "values.yaml", "values.yml", "values.schema.json")
CHART_FOLDERS = ("templates", "crds", "charts")
NO_HELM = "a Helm template, and helm is not on the PATH"
NO_CHART = "a Helm template; name the folder of its chart to check what that makes"
NO_KUSTOMIZE = "a kustomization, and neither kustomize nor kubectl is on the PATH"


class MissingValuesError(InputError):
    """A file of values that was named and is not there."""


def build(
    names: Sequence[str], named: Sequence[str], values: tuple[str, ...], release: str
) -> Iterator[Source | Unread]:
    """What the kustomizations and charts among the files make, then the files that are no part of it.

    Built is what no other in the run takes in, and every folder that is ``named``. ``values`` are files of values for
    every chart, ``release`` is the version of Kubernetes that charts are told. Raises MissingValuesError.
    """
    for file in values:
        if not os.path.isfile(file):
            raise MissingValuesError(f"no such file of values: {file} (--helm-values)")
    program.begin()
    taken: set[str] = set()
    folders: list[str] = []
    said: dict[str, str] = {}
    yield from kustomizations(names, named, taken)
    yield from charts(names, named, folders, said, lambda chart, tool: helm.render(chart, tool, values, release))
    known: dict[str, bool] = {}
    for name in names:
        real = os.path.realpath(name)
        if real in taken or any(is_part(real, folder) for folder in folders):
            continue
        if chart := chart_of(name, known):
            yield template(name, said.get(os.path.realpath(chart), NO_CHART))
        else:
            yield read_file(name)


def kustomizations(names: Sequence[str], named: Sequence[str], taken: set[str]) -> Iterator[Source | Unread]:
    """What kustomizations make; ``taken`` gets the real paths of the files that went into those that could be built."""
    closures = closures_of(names)
    if not closures:
        return
    wanted = folders_among(named)
    inner = {real for first, closure in closures.items() for real in closure.files if real != first}
    command = kustomize.tool()
    for first, closure in closures.items():
        if first in inner and os.path.dirname(first) not in wanted:
            continue
        made = (
            kustomize.build(closure, command)
            if command
            else Unread(closure.first.source.path, NO_KUSTOMIZE, wrong=False, skipped=True)
        )
        if isinstance(made, Source):
            taken.update(closure.files)
        yield made


def closures_of(names: Sequence[str]) -> dict[str, kustomize.Closure]:
    """The kustomizations that are in the run, components left out, by the real path of their file."""
    among = {os.path.realpath(name) for name in names}
    found: dict[str, kustomize.Closure] = {}
    known: kustomize.Known = {}
    for folder in dict.fromkeys(os.path.dirname(name) for name in names):
        path = kustomize.file_in(folder)
        real = os.path.realpath(path) if path else ""
        if path and (real in among or path.endswith(kustomize.NAMES[-1])):
            kustomization = kustomize.load(path, known)
            if kustomization and not kustomization.is_component:
                found[real] = kustomize.Closure(kustomization, known)
    return found


def charts(
    names: Sequence[str],
    named: Sequence[str],
    folders: list[str],
    said: dict[str, str],
    render: Callable[[helm.Chart, str], Iterator[Source | Unread]],
) -> Iterator[Source | Unread]:
    """What charts make; ``folders`` gets the real paths of those that were rendered, ``said`` why others were not."""
    found = [chart for name in names if os.path.basename(name) == helm.CHART and (chart := helm.load(name))]
    tool = program.find("helm") if found else ""
    wanted = folders_among(named)
    for chart in found:
        real = os.path.realpath(chart.folder)
        if chart.is_library:
            said[real] = "a template of a library chart, which makes nothing by itself"
        elif not tool:
            said[real] = NO_HELM
        elif real in wanted or not is_subchart(real):
            made = list(render(chart, tool))
            if any(isinstance(part, Unread) for part in made):
                said[real] = "a Helm template; its chart could not be rendered"
            else:
                folders.append(real)
            yield from made
        else:
            said[real] = "a Helm template of a subchart; its chart was not rendered"


def folders_among(named: Sequence[str]) -> set[str]:
    """The folders that a person named, apart from the current one; a list of files names all of them, and so none."""
    return {os.path.realpath(path) for path in named if path != "." and os.path.isdir(path)}


def is_subchart(folder: str) -> bool:
    """Whether a chart lies in the ``charts`` folder of another."""
    above, name = os.path.split(os.path.dirname(folder))
    return name == "charts" and os.path.isfile(os.path.join(above, helm.CHART))


def is_part(path: str, folder: str) -> bool:
    """Whether a file went into what a chart made: its templates, values, definitions and subcharts."""
    if not is_below(path, folder):
        return False
    first, *rest = os.path.relpath(path, folder).split(os.sep)
    return first in CHART_FOLDERS if rest else first in CHART_FILES
