"""The constraints of a type, held against an object of it: which rule tells of which that is broken, and where."""

from collections.abc import Iterator, Mapping

from kexplain.catalogue.rule import Rule
from kexplain.check import Problem, missing
from kexplain.constraints.judge import violations
from kexplain.constraints.nodes import Violation
from kexplain.engine.failure import cause, failed
from kexplain.objects.manifest import Manifest
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping as Mapped

OF_THE_WHOLE = frozenset({"required", "present", "meant", "one-of", "one-present", "some-of", "refers"})
"""Kinds of constraints that a part of an object may break: what operators complete, what types have lost."""


def broken_limits(visit: Visit, rules: Mapping[str, Rule]) -> Iterator[tuple[Rule, Problem]]:
    """The constraints that an object breaks, by the rules that are switched on. Raises RuleError."""
    if type(visit.node) is not Mapped or visit.type is None:
        return
    checked: bool | None = None
    try:
        found = violations(visit.type.limits, visit.node)
    except Exception as error:
        raise failed(f"a constraint of {visit.type.name}", visit, error) from cause(visit, error)
    for row, violation in found:
        rule = rules.get(row.rule)
        if rule is None or (row.kind in OF_THE_WHOLE and not is_whole(visit.manifest)):
            continue
        checked = is_checked(visit) if checked is None else checked
        if checked:
            yield rule, problem_of(visit, violation)


def problem_of(visit: Visit, violation: Violation) -> Problem:
    """What is wrong, at the place that a violation names."""
    for step in violation.steps:
        visit = visit.child(step)
    what = f"{called(visit)} {violation.what[5:]}" if violation.what.startswith("this has ") else violation.what
    if "." in violation.missing:  # a key of a map, not a path
        path = f"{visit.path}[{violation.missing}]"
        return Problem(visit, {"what": what, "field": violation.missing}, visit.grip, field_path=path)
    if violation.missing:
        return missing(visit, violation.missing, what=what)
    return Problem(visit, {"what": what}, visit.grip if violation.at_key else None)


def called(visit: Visit) -> str:
    """How a message calls an object: its field, ``volumes[0]``, or the kind of the whole."""
    if visit.parent is None:
        return visit.manifest.kind
    return visit.name if visit.key is not None else f"{visit.field.name if visit.field else ''}{visit.step}"


def is_whole(manifest: Manifest) -> bool:
    """Whether nobody adds to an object: it is of a built-in kind, read by its own type."""
    return manifest.exact and manifest.builtin


def is_checked(visit: Visit | None) -> bool:
    """Whether the API server holds a place against the constraints of its type."""
    while visit is not None:
        if visit.field is not None and not visit.field.checked:
            return False
        visit = visit.parent
    return True
