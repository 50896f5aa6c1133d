"""invalid-enum-value: a misspelt value becomes the only one of the list that is near."""

from kexplain.fix import Fix, Target
from kexplain.fixes._constraint import by_row
from kexplain.fixes._shared import renamed
from kexplain.objects.structural import values_of


def fix(target: Target) -> Fix | None:
    """The value that was meant, of those of the field or of its constraint."""
    visit = target.visit
    own = values_of(visit.schema or {})
    values = [value for value in own if isinstance(value, str)] if own is not None else visit.field and visit.field.enum
    return (renamed(target, list(values), safe=True) if values else None) or by_row(target, safe=False)
