"""What is raised when a rule itself fails."""

from kexplain.objects.visit import Visit


class RuleError(Exception):
    """A rule that raised: our bug; carries the rule, file, line and field that met it."""


def failed(what: str, visit: Visit, error: Exception) -> RuleError:
    """What raised, and where; in a file with secrets not what it said, which may be one of them."""
    line, _ = visit.manifest.source.place(visit.span.start)
    said = type(error).__name__ if visit.manifest.hidden else repr(error)
    return RuleError(f"{what} failed at {visit.manifest.source.path}:{line} ({visit.path}): {said}")


def cause(visit: Visit, error: Exception) -> Exception | None:
    """What a traceback may show as the cause: nothing in a file with secrets."""
    return None if visit.manifest.hidden else error
