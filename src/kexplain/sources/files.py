"""Files and folders: every ``.yaml``, ``.yml`` and ``.json`` below a path, decoded.

Without pathlib, whose import costs 5 ms of every start.
"""

import os
from collections.abc import Iterable, Iterator

from kexplain.source import Source, Unread

ENDINGS = (".yaml", ".yml", ".json")
LARGEST = 64 * 1024 * 1024
"""Bytes; the API server takes no object above 3 MiB, so a file of this size is something else."""


def read_paths(paths: Iterable[str], seen: set[str] | None = None) -> Iterator[Source | Unread]:
    """Sources of the given files and folders by name, each file once; ``seen`` are those read before."""
    seen = set() if seen is None else seen
    for path in paths:
        if os.path.isdir(path):
            names = walk_folder(path)
        elif os.path.exists(path):
            names = iter([path])
        else:
            yield Unread(display(path), "no such file or folder")
            continue
        for name in names:
            real = os.path.realpath(name)
            if real not in seen:
                seen.add(real)
                yield read_file(name)


def walk_folder(folder: str) -> Iterator[str]:
    """Manifest files of a folder, hidden folders left out; symbolic links are not followed out of it."""
    root = os.path.realpath(folder)
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = f"{here.rstrip('/')}/{name}" if here != "." else name
            if not name.endswith(ENDINGS) or is_pipe(path):
                continue
            if os.path.islink(path) and not os.path.realpath(path).startswith(root + os.sep):
                continue
            yield path


def is_pipe(path: str) -> bool:
    """Whether reading a path could never end: it is there, but no regular file. A dangling link is told as missing."""
    return os.path.exists(path) and not os.path.isfile(path)


def read_file(path: str) -> Source | Unread:
    """One file as a Source, or why it could not be read."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except IsADirectoryError:
        return Unread(display(path), "is a folder")
    except OSError as error:
        return Unread(display(path), (error.strerror or str(error)).lower())
    return decode(display(path), data)


def decode(path: str, data: bytes) -> Source | Unread:
    """Bytes as a Source: UTF-8, with or without byte-order mark."""
    if len(data) > LARGEST:
        return Unread(path, f"larger than {LARGEST // 1024**2} MiB; not read")
    try:
        return Source(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Unread(path, f"not UTF-8 (byte {error.start + 1}); save it as UTF-8")


def display(path: str) -> str:
    """A path as reports name it: forward slashes, no leading ``./``."""
    written = shown = path.replace(os.sep, "/")
    while shown.startswith("./"):
        shown = shown[2:].lstrip("/")
    return shown or written
