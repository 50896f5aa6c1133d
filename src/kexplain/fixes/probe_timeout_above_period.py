"""probe-timeout-above-period: a probe gives up before the next one is due."""

from kexplain.fix import Fix, Put, Target


def fix(target: Target) -> Fix | None:
    """A timeout as long as the period."""
    period = target.visit.read("periodSeconds")
    period = 10 if period is None else period
    if not isinstance(period, int) or target.rest:
        return None
    return Fix(f"set timeoutSeconds to {period}", (Put((*target.path, "timeoutSeconds"), period),))
