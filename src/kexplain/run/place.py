"""A place such as ``web.yaml:12``, from the command line: its file is read and judged, and the line explained."""

import os
from typing import TYPE_CHECKING

from kexplain.engine.explanation import Explanation, UnknownNameError
from kexplain.files.decode import ENDINGS, read_file

if TYPE_CHECKING:
    from kexplain.config.settings import Settings


def explain_place(name: str, settings: "Settings") -> list[Explanation] | None:
    """What stands on a line of a file, with the findings of a run; None for a name that is no place.

    Raises UnknownNameError.
    """
    wanted = name.strip()
    if ":" not in wanted and not wanted.endswith(ENDINGS) and not os.path.isfile(wanted):
        return None  # most names: what explains a line need not be loaded
    from kexplain.engine.explained_line import explain_line, place_in
    from kexplain.run.run import run
    from kexplain.syntax.source import Unread

    place = place_in(wanted)
    if place and (place[0].endswith(ENDINGS) or os.path.isfile(place[0])):
        path, line = place
        source = read_file(path)
        if isinstance(source, Unread):
            raise UnknownNameError(name, [], f"{path}: {source.reason}")
        alone = settings._replace(paths=(path,), cluster=False, diff_base="", update_baseline=False)
        return explain_line(run(alone, [source]), line)
    if wanted.endswith(ENDINGS) and not os.path.exists(wanted) and "/" in wanted:
        raise UnknownNameError(name, [], f"no such file: {wanted}")
    if os.path.isfile(wanted):
        hint = f"use kexplain annotate, or {wanted}:LINE for one line of it"
        raise UnknownNameError(name, [], f"{wanted} is a file; {hint}")
    return None
