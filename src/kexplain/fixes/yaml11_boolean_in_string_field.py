"""yaml11-boolean-in-string-field: the word gets quotes."""

from kexplain.fix import Fix, Put, Target, shown


def fix(target: Target) -> Fix | None:
    """The word as it is written, as text."""
    if target.rest or not target.visit.text:
        return None
    return Fix(f"quote {shown(target.path)}", (Put(target.path, target.visit.text),), safe=True)
