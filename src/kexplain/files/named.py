"""Which files a run reads, from the paths it was given: each once, in order."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence

from kexplain.errors import InputError
from kexplain.files.confines import is_below, within
from kexplain.files.decode import display
from kexplain.files.gitignore import Ignored
from kexplain.files.paths import LINK, files_below, is_glob, matching, paths_from
from kexplain.syntax.cause import Cause, Reason
from kexplain.syntax.source import Unread

OWN = "kexplain's own configuration or baseline"


class MissingPathError(InputError):
    """A path that was named and is not there."""


class Files:
    """Which files a run reads. Raises MissingPathError or PathListError.

    A path that is named is read although it is excluded or ignored, unless ``force_exclude`` is set; what lies below a
    folder or matches a glob is held against both. Files with ``own_names`` in a folder, and those in ``own``, are
    kexplain's. ``unread`` fills up with what is not read.
    """

    def __init__(
        self, paths: Iterable[str], lists: Sequence[str], ignored: Ignored, *,
        force_exclude: bool = False, own: Iterable[str] = (), own_names: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.ignored, self.force_exclude = ignored, force_exclude
        self.own, self.own_names = {os.path.realpath(path) for path in own if path}, own_names
        self.unread: list[Unread] = []
        self.named = [found for path in paths for found in expanded(path, ignored)]
        if "-" in lists and "-" in self.named:
            raise InputError("standard input cannot be both a manifest (-) and a list of paths (--files-from -)")
        self.named += [found for file in lists for found in self.listed(file)]

    def listed(self, file: str) -> Iterator[str]:
        """The paths of a list. One that is not there is told: it may have been deleted since it was listed.

        So is a link out of the current folder: a list is often all that a commit holds, and not what a person chose.
        """
        for path in paths_from(file):
            if leads_out(path):
                self.unread.append(Unread(display(path), LINK, wrong=False, skipped=True))
                continue
            try:
                yield from expanded(path if path != "-" else "./-", self.ignored)
            except MissingPathError as error:
                quoted = "git put it in quotes, list names with -z" if path[0] == path[-1] == '"' else ""
                reason = Reason(str(error), quoted, detail=f"named in {file}")
                self.unread.append(Unread(display(path), reason, wrong=False, skipped=True))

    def names(self) -> Iterator[str]:
        """The files, those of a folder by name; ``-`` is standard input."""
        seen: set[str] = set()
        for path in self.named:
            if path == "-":
                yield from {path} - seen
                seen.add(path)
                continue
            if self.force_exclude and self.ignored.leaves_out(path):
                continue
            is_folder = os.path.isdir(path)
            found = files_below(path, self.ignored, self.own_names, self.unread) if is_folder else [path]
            for name, real in without_links_beside(found):
                if real in seen or (is_folder and real in self.own):
                    continue
                seen.add(real)
                if real in self.own and os.path.basename(name) not in self.own_names:  # those are known by their name
                    own = Unread(display(name), OWN, wrong=False, skipped=True, cause=Cause.NO_MANIFEST)
                    self.unread.append(own)
                else:
                    yield name


def without_links_beside(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names with their real paths, without the links to files that are there by their own names."""
    folders: dict[str, str] = {}
    listed = [(name, os.path.islink(name)) for name in names]
    found = [(name, os.path.realpath(name) if is_link else beside(name, folders)) for name, is_link in listed]
    links = {name for name, is_link in listed if is_link} if len(found) > 1 else set()
    own = {real for name, real in found if name not in links} if links else set()
    return [(name, real) for name, real in found if name not in links or real not in own]


def beside(name: str, folders: dict[str, str]) -> str:
    """The real path of what is no link; ``folders`` keeps those of folders, which cost a look at each name in them."""
    folder, _, own = name.rpartition("/")
    if os.sep != "/" or own in {"", ".", ".."}:
        return os.path.realpath(name)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder or ("/" if name[0] == "/" else "."))
    return os.path.join(folders[folder], own)


def leads_out(path: str) -> bool:
    """Whether a path that lies below the current folder by its name leads out of it by a link."""
    return is_below(os.path.abspath(path), os.path.abspath(".")) and not within(path, os.path.realpath("."))


def expanded(path: str, ignored: Ignored) -> list[str]:
    """A path as it is, or what it matches as a glob. Raises MissingPathError where neither gives a file or folder."""
    if path == "-" or os.path.exists(path):
        return [path]
    if not is_glob(path):
        raise MissingPathError(f"no such file or folder: {path}")
    if found := matching(path, ignored):
        return found
    raise MissingPathError(f"no folder and no .yaml, .yml or .json file matches {path}")
