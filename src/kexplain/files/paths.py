"""Which files a path means: all below a folder, what a glob matches, what a list of paths names."""

import os
from collections.abc import Collection, Iterator

from kexplain.errors import InputError
from kexplain.files.confines import is_below
from kexplain.files.decode import ENDINGS, LARGEST, WIDE, display, reason_of
from kexplain.files.gitignore import Ignored
from kexplain.files.stdin import read_bytes
from kexplain.syntax.source import Unread

LINK = "a link that leads out of this folder; name it on the command line to read it"


class PathListError(InputError):
    """A list of paths that cannot be read."""


def files_below(folder: str, ignored: Ignored, own: Collection[str], unread: list[Unread]) -> Iterator[str]:
    """Manifest files of a folder by name, a folder's files before its folders'; ``unread`` gets what cannot be listed.

    Left out: what is ignored, hidden folders, files with names in ``own``, devices, and links that lead out of the
    folder. Links to folders are not followed. Of a link to what is not read otherwise, ``unread`` gets word.
    """
    root = os.path.realpath(folder)
    stack = [(folder.replace(os.sep, "/"), root)]
    entered: set[str] = set()
    while stack:
        here, real = stack.pop()
        if os.name == "nt":
            real = os.path.realpath(here)
        if real in entered:  # a junction of Windows can lead back
            continue
        entered.add(real)
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            unread.append(Unread(display(here), reason_of(error)))
            continue
        prefix = "" if here == "." else here.rstrip("/") + "/"
        left_out = ignored.within(here, real)
        folders: list[tuple[str, str]] = []
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if name[0] != "." and not left_out(name, True):
                    folders.append((prefix + name, os.path.join(real, name)))
            elif entry.is_symlink() and name[0] != "." and (reason := unfollowed(entry, root)):
                if not left_out(name, entry.is_dir()):
                    unread.append(Unread(display(prefix + name), reason, wrong=False, skipped=True, understood=True))
            elif name.endswith(ENDINGS) and name not in own and readable(entry, root) and not left_out(name, False):
                yield prefix + name
        stack += reversed(folders)


def unfollowed(entry: os.DirEntry[str], root: str) -> str:
    """Why a link is not followed although nothing else leads there; empty for one that is, or that is no manifest."""
    if os.path.realpath(entry.path) == root or beneath(entry.path, root) or not os.path.exists(entry.path):
        return ""
    if entry.is_dir():
        return "a link to a folder; name it on the command line to read it"
    return LINK if entry.name.endswith(ENDINGS) and entry.is_file() else ""


def readable(entry: os.DirEntry[str], root: str) -> bool:
    """Whether an entry is a regular file, or a link to one below the root; a dangling link is told when it is read."""
    if not entry.is_symlink():
        return entry.is_file()
    return beneath(entry.path, root) and (entry.is_file() or not os.path.exists(entry.path))


def beneath(path: str, root: str) -> bool:
    """Whether a path, with links resolved, lies below a folder that is resolved already."""
    return is_below(os.path.realpath(path), root)


def is_glob(path: str) -> bool:
    """Whether a path has characters that stand for others."""
    return "*" in path or "?" in path or "]" in path.partition("[")[2]


def matching(pattern: str, ignored: Ignored) -> list[str]:
    """The manifest files and the folders that a glob matches, as a shell with ``**`` would find them.

    Hidden names are matched only by a part that begins with a dot. What is ignored is not found, and like in a folder
    no link leads out of the folder before the first star.
    """
    parts = pattern.replace(os.sep, "/").split("/")
    first = next(number for number, part in enumerate(parts) if is_glob(part))
    base = "/".join(parts[:first]) or ("/" if first else ".")
    found = [base]
    while parts[-1] in {"", "**"} and len(parts) > first + 1:  # a folder is read with all that is below it
        parts.pop()
    for part in parts[first:]:
        found = [path for folder in found for path in (
            folders_below(folder, ignored) if part == "**" else entries_like(part, folder, ignored)
        )]  # fmt: skip
        found = list(dict.fromkeys(found))
    root = os.path.realpath(base)
    return [p for p in found if os.path.isdir(p) or (os.path.isfile(p) and p.endswith(ENDINGS) and beneath(p, root))]


def folders_below(folder: str, ignored: Ignored) -> Iterator[str]:
    """A folder and all below it, except hidden ones and links."""
    stack = [folder]
    while stack:
        here = stack.pop()
        yield here
        left_out = ignored.within(here)
        stack += [
            joined(here, entry.name) for entry in reversed(listed(here))
            if entry.is_dir(follow_symlinks=False) and entry.name[0] != "." and not left_out(entry.name, True)
        ]  # fmt: skip


def entries_like(part: str, folder: str, ignored: Ignored) -> Iterator[str]:
    """The entries of a folder whose names match a part of a glob."""
    from fnmatch import fnmatch

    left_out = ignored.within(folder)
    for entry in listed(folder):
        is_folder = entry.is_dir(follow_symlinks=False)
        if (entry.name[0] == "." != part[0]) or (entry.is_symlink() and entry.is_dir()):
            continue
        if fnmatch(entry.name, part) and not left_out(entry.name, is_folder):
            yield joined(folder, entry.name)


def listed(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; nothing for a file or a folder that cannot be listed."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def joined(folder: str, name: str) -> str:
    """A name in a folder, without ``./``."""
    return name if folder == "." else f"{folder.rstrip('/')}/{name}"


def paths_from(file: str) -> list[str]:
    """The paths that a list names: one a line, without blank lines and ``#`` comments, or between NULs.

    ``-`` is standard input. UTF-8, or UTF-16 as PowerShell redirects it. Raises PathListError.
    """
    try:
        if file == "-":
            data = read_bytes()
        else:
            with open(file, "rb") as opened:
                data = opened.read(LARGEST + 1)
    except OSError as error:
        raise PathListError(f"cannot read the list of paths {file}: {reason_of(error)}") from error
    if len(data) > LARGEST:
        raise PathListError(f"cannot read the list of paths {file}: larger than {LARGEST // 1024**2} MiB")
    wide = data[:2] in WIDE
    text = data.decode("utf-16", "replace") if wide else os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    if "\0" in text:
        return [name for name in text.split("\0") if name]
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return [line for line in lines if line.strip() and not line.startswith("#")]
