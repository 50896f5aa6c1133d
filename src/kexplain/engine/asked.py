"""What an explanation is asked with besides its name: the API, the rules of the run, and how much is wanted."""

from collections.abc import Mapping
from typing import NamedTuple

from kexplain.api.release import Release
from kexplain.api.schema import Api
from kexplain.catalogue.rule import Rule


class Asked(NamedTuple):
    """``own`` are rules beside kexplain's, or in their place; ``api_version`` narrows kinds to that one.

    ``deep`` asks for the fields below the fields as well.
    """

    api: Api
    release: Release
    own: Mapping[str, Rule]
    api_version: str = ""
    deep: bool = False
