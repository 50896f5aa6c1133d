"""What is raised when a rule itself fails."""

from kexplain.objects.visit import Visit


class RuleError(Exception):
    """A rule that raised: our bug; carries the rule, file, line and field that met it."""


def failed(what: str, visit: Visit, error: Exception) -> RuleError:
    """What raised, and where."""
    line, _ = visit.manifest.source.place(visit.span.start)
    return RuleError(f"{what} failed at {visit.manifest.source.path}:{line} ({visit.path}): {error!r}")
