"""From what a run was asked to read to Sources: files and folders, standard input, what is rendered, a cluster."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from kexplain.config.file import FILES
from kexplain.config.settings import Settings
from kexplain.files.decode import display
from kexplain.files.gitignore import Ignored
from kexplain.files.named import Files
from kexplain.syntax.source import Source, Unread


def gather(settings: Settings, *, beside: bool = False) -> Iterator[Source | Unread]:
    """Every source of a run, each file once; and on demand what is read ``beside`` for what it says of them.

    Raises MissingPathError or PathListError before the first is read.
    """
    files = files_of(settings)
    for is_stdin, names in groupby(files.names(), "-".__eq__):
        found = [standard_input(settings)] if is_stdin else read(settings, names, files.named)
        yield from (one for one in found if beside or isinstance(one, Unread) or not one.beside)
    yield from files.unread
    if settings.cluster:
        from kexplain.cluster.read import read_cluster

        yield from read_cluster(settings.context, settings.namespaces, settings.kinds)


def files_of(settings: Settings) -> Files:
    """Which files the settings name. Raises as ``gather`` does."""
    ignored = Ignored(settings.exclude, gitignore=settings.respect_gitignore)
    own, force = (settings.config, *settings.extended, settings.baseline), settings.force_exclude
    return Files(settings.paths, settings.files_from, ignored, force_exclude=force, own=own, own_names=FILES)


def read(settings: Settings, names: Iterator[str], named: Sequence[str]) -> Iterator[Source | Unread]:
    """The files of those names; when rendering is asked for, what the kustomizations and charts among them make."""
    if settings.render:
        from kexplain.rendering.build import build

        return build(list(names), named, settings.helm_values, str(settings.kubernetes_version))
    from kexplain.rendering.patches import without_patches
    from kexplain.rendering.templates import read as read_plain

    return without_patches(read_plain(names), named)


def file_names(settings: Settings) -> Iterator[str]:
    """The names of the files that a run would read, in its order; none is opened. Raises as ``gather`` does."""
    for name in files_of(settings).names():
        yield settings.stdin_filename if name == "-" else display(name)


def standard_input(settings: Settings) -> Source | Unread:
    """The text that stands for ``-``."""
    from kexplain.files.stdin import read_stdin

    name, text = settings.stdin_filename, settings.text
    return read_stdin(name) if text is None else Source(name, text)
