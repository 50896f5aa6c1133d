"""memory-request-not-equal-limit: the request becomes the limit."""

from kexplain.fix import Fix, Target
from kexplain.fixes._shared import request_is_limit


def fix(target: Target) -> Fix | None:
    """The amount of the limit beside it, for both."""
    return request_is_limit(target)
