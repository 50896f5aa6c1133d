"""The files around those of a run: whether a path leads to one, what stands in it, and of which repository it is."""

import os
import re
from collections.abc import Iterable, Mapping

from kexplain.files.confines import repository_root, within
from kexplain.files.decode import read_file
from kexplain.files.gitignore import Ignored
from kexplain.syntax.source import Source, normal

FILE, FOLDER, NOTHING, UNKNOWN = "file", "folder", "nothing", "unknown"
LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is read for what it says of others."""
URL = re.compile(r"^\s*url\s*=\s*(\S+)", re.MULTILINE)
ADDRESS = re.compile(
    r"(?:[a-z+]+://)?(?:[^@/\s]+@)?(?P<host>[\w.-]+)(?::\d+(?=/)|:)?/?(?P<path>[\w./~-]+?)(?:\.git)?/?"
)


class Tree:
    """Files that are known by their texts; what else there is can be told where these are ``whole``."""

    def __init__(self, texts: Mapping[str, str], *, whole: bool = False) -> None:
        self._texts = {normal(path): text for path, text in texts.items()}
        self._folders = {path[:end] for path in self._texts for end, sign in enumerate(path) if sign == "/"} | {""}
        self._absent = NOTHING if whole else UNKNOWN

    def what(self, path: str) -> str:
        """What a path leads to: FILE, FOLDER, NOTHING; UNKNOWN where that is nobody's to tell."""
        path = normal(path)
        if path.startswith(".."):
            return UNKNOWN
        return FILE if path in self._texts else FOLDER if path in self._folders else self._absent

    def text(self, path: str) -> str | None:
        """The text of a file; None where it cannot be had."""
        return self._texts.get(normal(path))

    def root(self, path: str) -> str | None:  # noqa: ARG002 - others ask where the path lies
        """The folder, as paths name it, of the repository that a file is in; None outside of one."""
        return ""

    def addresses(self, path: str) -> frozenset[str]:  # noqa: ARG002
        """From where the repository that a file is in was cloned, each as ``address`` writes it."""
        return frozenset()


class Disk(Tree):
    """The files of this computer, as far as the repositories around the paths of a run, or their folders, reach.

    Whatever a manifest names beyond them is nobody's to try.
    """

    def __init__(self, paths: Iterable[str] = ()) -> None:
        super().__init__({})
        self._named = ["." if path == "-" else path for path in paths] or ["."]
        self._reach: list[str] | None = None
        self._roots: dict[str, str] = {}
        self._inside: dict[str, bool] = {}
        self._ignored = Ignored()

    def what(self, path: str) -> str:
        """The same; what git ignores is made elsewhere, so nobody can tell whether it will be there."""
        if "\0" in path or not self._is_inside(path):
            return UNKNOWN
        if os.path.isdir(path):
            return FOLDER
        if os.path.lexists(path):
            return FILE
        return UNKNOWN if self._ignored.leaves_out(path) else NOTHING

    def text(self, path: str) -> str | None:
        """The same."""
        if self.what(path) != FILE or not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
            return None
        source = read_file(path)
        return source.text if isinstance(source, Source) else None

    def root(self, path: str) -> str | None:
        """The same."""
        real = self._repository(path)
        return os.path.relpath(real).replace(os.sep, "/") if real else None

    def addresses(self, path: str) -> frozenset[str]:
        """The same, as the configuration of git says it."""
        config = os.path.join(self._repository(path) or os.devnull, ".git", "config")
        if not os.path.isfile(config) or os.path.getsize(config) > LARGEST:
            return frozenset()
        with open(config, encoding="utf-8", errors="replace") as file:
            return frozenset(filter(None, map(address, URL.findall(file.read()))))

    def _repository(self, path: str) -> str:
        """The real path of the repository that a file is in; empty outside of one."""
        folder = os.path.dirname(path) or "."
        if folder not in self._roots:
            self._roots[folder] = repository_root(folder)
        return self._roots[folder]

    def _is_inside(self, path: str) -> bool:
        """Whether a path, with links resolved, lies where files are looked at; so its folder says it."""
        folder, _, name = path.rpartition("/")
        if name in {"", ".", ".."} or name.lower() == ".git" or os.path.islink(path):
            return any(within(path, root) for root in self._confines())
        folder = folder or ("/" if path[0] == "/" else ".")
        if folder not in self._inside:
            self._inside[folder] = any(within(folder, root) for root in self._confines())
        return self._inside[folder]

    def _confines(self) -> list[str]:
        """The real paths of the folders below which files are looked at."""
        if self._reach is None:
            folders = {path if os.path.isdir(path) else os.path.dirname(path) or "." for path in self._named}
            self._reach = list(dict.fromkeys(repository_root(one) or os.path.realpath(one) for one in sorted(folders)))
        return self._reach


class Earlier(Disk):
    """The files of a repository as they were: paths count from its root, some are ``gone`` since and some ``new``."""

    def __init__(self, root: str, gone: Iterable[str], new: Iterable[str]) -> None:
        super().__init__([root])
        self._base = root
        self._gone = Tree(dict.fromkeys(gone, ""))
        self._new = frozenset(new)

    def what(self, path: str) -> str:
        """The same, of the time before."""
        if normal(path) in self._new:
            return NOTHING
        there = self._gone.what(path) if normal(path) else UNKNOWN
        return there if there != UNKNOWN else super().what(os.path.join(self._base, path))

    def text(self, path: str) -> str | None:
        """The same; what changed is not read."""
        return super().text(os.path.join(self._base, path))

    def root(self, path: str) -> str | None:  # noqa: ARG002 - the root is where paths count from
        """The same."""
        return ""

    def addresses(self, path: str) -> frozenset[str]:
        """The same."""
        return super().addresses(os.path.join(self._base, path))


def address(url: str) -> str:
    """Host and path of a repository's address, whichever way it is written; empty for what is none."""
    match = ADDRESS.fullmatch(url.strip())
    return f"{match['host']}/{match['path']}".lower() if match and "/" in match["path"] else ""
