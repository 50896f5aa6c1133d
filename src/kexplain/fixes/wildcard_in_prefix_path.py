"""wildcard-in-prefix-path: the path without its asterisk."""

from kexplain.fix import Fix, Put, Target


def fix(target: Target) -> Fix | None:
    """The folder; of the type Prefix that is all below it."""
    path = target.visit.text.removesuffix("*").rstrip("/") or "/"
    return None if target.rest else Fix(f"path: {target.visit.text} becomes {path}", (Put(target.path, path),))
