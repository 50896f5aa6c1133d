"""What is compiled of the fields of all types: enumerated values, usual places, what samples have in a field."""

from functools import lru_cache
from typing import Any

from kexplain.api import packed
from kexplain.catalogue.compiler import refresh


@lru_cache(maxsize=1)
def index() -> dict[str, Any]:
    """``values``, ``usual`` and ``samples``, as field_tables.py made them; fresh in a checkout."""
    refresh()
    found: dict[str, Any] = packed.read_json("field-index.json")
    return found
