"""From what a run was asked to read to Sources: files and folders, standard input, what is rendered, a cluster."""

import os
from collections.abc import Iterator

from kexplain.data import InputError
from kexplain.settings import Settings
from kexplain.source import Source, Unread


class MissingPathError(InputError):
    """A path that was named and is not there."""


def gather(settings: Settings) -> Iterator[Source | Unread]:
    """Every source of a run, each file once. Raises MissingPathError before the first is read."""
    from kexplain.sources.files import read_paths

    for path in settings.paths:
        if path != "-" and not os.path.exists(path):
            raise MissingPathError(f"no such file or folder: {path}")
    seen: set[str] = set()
    for path in settings.paths:
        if path == "-":
            yield from standard_input(settings)
        else:
            yield from read_paths([path], seen)


def file_names(settings: Settings) -> Iterator[str]:
    """The names of the files that a run would read."""
    return (source.path for source in gather(settings))


def standard_input(settings: Settings) -> Iterator[Source | Unread]:
    """The text that stands for ``-``."""
    from kexplain.sources.stdin import read_stdin

    if settings.text is None:
        yield read_stdin(settings.stdin_filename)
    else:
        yield Source(settings.stdin_filename, settings.text)
