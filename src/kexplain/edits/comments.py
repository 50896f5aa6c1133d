"""Writing comments into a file and taking them out again; nothing else in the file ever changes."""

from pathlib import Path

from kexplain.api.release import Release
from kexplain.engine.annotator import annotate
from kexplain.files.tree import Disk
from kexplain.objects.crd import Given
from kexplain.output.annotated.comments import commented, without_comments
from kexplain.syntax.meaning import meaning
from kexplain.syntax.source import Source


class RewriteError(Exception):
    """A file that cannot be rewritten without loss; it was left as it is."""


def rewrite_file(path: str, release: Release, definitions: Given | None = None, *, remove: bool = False) -> bool:
    """Renews the comments of a file, or removes them; whether the file changed. Raises RewriteError.

    ``definitions`` gives those of custom kinds that the file does not hold.
    """
    file = Path(path)
    try:
        original = file.read_bytes()
        text = original.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RewriteError(f"{path}: cannot be rewritten: {error}") from error
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    bare = without_comments(text)
    if bare.lstrip().startswith("{"):  # in a .yaml too: kubectl goes by the first character
        raise RewriteError(f"{path}: JSON has no comments; use --format markdown or terminal")
    result = bare if remove else commented(annotate([Source(path, bare)], release, definitions, Disk([path]))[0])
    if meaning(result) != meaning(text):
        raise RewriteError(f"{path}: a comment would change what the file means; left as it is")
    data = (mark + result).encode("utf-8")
    if data != original:
        file.write_bytes(data)
    return data != original
