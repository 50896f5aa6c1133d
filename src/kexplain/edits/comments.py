"""Writing comments into files and taking them out again; nothing else in a file ever changes."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kexplain.edits.replacing import replace_file
from kexplain.engine.annotation import Annotated
from kexplain.errors import InputError
from kexplain.output.annotated.comments import commented, without_comments
from kexplain.syntax.meaning import meaning
from kexplain.syntax.source import Source, Unread


class RewriteError(InputError):
    """A file that cannot be rewritten without loss; it was left as it is."""


class Rewritten(NamedTuple):
    """What became of a file: whether it ``changed``, or why it was left as it is."""

    path: str
    changed: bool
    error: str = ""


class Original(NamedTuple):
    """A file as it is: its bytes, its byte order mark, and its text with and without comments of ours."""

    data: bytes
    mark: str
    text: str
    bare: str


Explained = Callable[[list[Source | Unread]], list[Annotated]]


def rewrite(
    sources: Iterable[Source | Unread], explained: Explained, *, remove: bool = False, level: str = ""
) -> Iterator[Rewritten]:
    """Renews the comments of files, or removes them.

    ``explained`` explains all of them, without the comments, as one set: a file is judged by what stands beside it.
    """
    sources = list(sources)
    originals: dict[str, Original] = {}
    for source in sources:
        if isinstance(source, Source) and not source.beside:
            try:
                originals[source.path] = original(source.path)
            except RewriteError as error:
                yield Rewritten(source.path, False, str(error))
    files: dict[str, Annotated] = {}
    if not remove:
        bare = [Source(one.path, originals[one.path].bare) if one.path in originals else one for one in sources]
        files = {file.source.path: file for file in explained(bare)}
    for path, one in originals.items():
        try:
            yield Rewritten(path, write(path, one, one.bare if remove else commented(files[path], level=level)))
        except RewriteError as error:
            yield Rewritten(path, False, str(error))


def original(path: str) -> Original:
    """A file as it is. Raises RewriteError where it can have no comments."""
    try:
        data = Path(path).read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RewriteError(f"{path}: cannot be rewritten: {error}") from error
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    bare = without_comments(text)
    if bare.lstrip().startswith("{"):  # in a .yaml too: kubectl goes by the first character
        raise RewriteError(f"{path}: JSON has no comments; use --format markdown or terminal")
    return Original(data, mark, text, bare)


def write(path: str, one: Original, result: str) -> bool:
    """Writes a text in place of a file's own; whether that changed it. Raises RewriteError."""
    if meaning(result) != meaning(one.text):
        raise RewriteError(f"{path}: a comment would change what the file means; left as it is")
    if without_comments(result) != one.bare:  # in what cannot be read a comment may be part of a value
        raise RewriteError(f"{path}: comments could not be taken out again without a trace; left as it is")
    data = (one.mark + result).encode("utf-8")
    if data != one.data:
        try:
            replace_file(Path(path), data)
        except OSError as error:
            raise RewriteError(f"{path}: cannot be written: {error.strerror or error}") from error
    return data != one.data
