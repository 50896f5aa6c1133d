"""How far a file may reach that somebody else may have written: to the root of the git repository it lies in.

What is in ``.git`` is nobody's to name: git never takes it from a commit, and runs programs that are named there.
"""

import os
from collections.abc import Iterator


def parents(folder: str) -> Iterator[str]:
    """A folder and all above it."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def repository_root(folder: str) -> str:
    """The real path of the root of the repository that a folder is in; empty outside of one."""
    real = os.path.realpath(folder)
    return next((here for here in parents(real) if os.path.lexists(os.path.join(here, ".git"))), "")


def is_below(path: str, folder: str) -> bool:
    """Whether a path lies below a folder, by their names alone; whoever follows links resolves both first."""
    return path.startswith(os.path.join(folder, ""))


def within(path: str, root: str) -> bool:
    """Whether a path, with links resolved, is a folder (a real path) or lies below it, and not in a ``.git``."""
    real = os.path.realpath(path)
    return (real == root or is_below(real, root)) and ".git" not in os.path.relpath(real, root).lower().split(os.sep)


def beyond(key: str, said: str | list[str], folder: str, root: str) -> str:
    """Why a setting of a file in a folder, which was found and not named, is refused; empty where it is not.

    It may read what lies below a root, and write what lies below its own folder.
    """
    for value in [said] if isinstance(said, str) else said:
        if key == "output":
            file = value.partition(":")[2]
            if file and not within(file, os.path.realpath(folder or ".")):
                return f"output may only write below this folder, not {file}; {MEND}"
        elif "://" in value:
            return f"{key} names {value}, which is on the network; {MEND}"
        elif not within(value, root) and value not in {"-", "default"}:
            return f"{key} names {value}, which lies outside of the repository; {MEND}"
    return ""


MEND = "to allow it, name this configuration with --config"
