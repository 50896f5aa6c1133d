"""What a row of a constraint says of a field, in a phrase for a person who reads the field."""

from kexplain.api.constraints import Row
from kexplain.api.schema import Api
from kexplain.constraints.fields import FIELDS
from kexplain.constraints.judge import special
from kexplain.constraints.lists import LISTS
from kexplain.constraints.scalars import SCALARS


def constraints_at(api: Api, position: str) -> list[Row]:
    """The rows about one typed position, such as ``core/v1 ContainerPort.hostPort`` or ``core/v1 Capabilities.add[]``.

    For words: those that hold in every case come before those that hang on a condition.
    """
    group, _, rest = position.rpartition(" ")
    name, _, path = rest.partition(".")
    full = f"{group} {name}".strip()
    if full not in api:
        return []
    wanted = tuple(path.replace("[]", ".[]").split(".")) if path else ()
    found = {row for rows in api.type(full).limits.values() for row in rows if row.path == wanted}
    return sorted(found, key=lambda row: (bool(row.when), row.kind, row.arguments))


def words(row: Row) -> str:
    """A row in one phrase: what may stand there."""
    for kinds in (SCALARS, LISTS, FIELDS):
        if row.kind in kinds:
            return kinds[row.kind][1](row.arguments)
    return (special(row.kind).__doc__ or "").rstrip(".")
