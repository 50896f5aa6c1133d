"""Questions that several relations ask: does a selector find something, is there what a field names?"""

from collections.abc import Iterator

from kexplain.objects.facts import Facts, Naming, Selecting
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there

DEPLOYMENT_TYPES = frozenset({"apps/v1 Deployment", "apps.openshift.io DeploymentConfig"})
REPLICATED_TYPES = DEPLOYMENT_TYPES | {"apps/v1 StatefulSet"}


def selects_nothing(selecting: Selecting, subject: Facts, others: Workspace) -> bool:
    """Whether a selector finds nothing in the run, as far as that can be judged; an empty one selects everything."""
    if not selecting.selector.asks or not others.can_judge(selecting.kind, subject):
        return False
    return not others.selected(selecting.selector, subject)


def is_missing(naming: Naming, subject: Facts, others: Workspace) -> bool:
    """Whether the object that a field names is not in the run; false where it is optional or made elsewhere."""
    return not naming.optional and others.lacks(naming.kind, naming.name, subject)


def missing_keys(naming: Naming, subject: Facts, others: Workspace) -> Iterator[Problem]:
    """The keys asked for beside a name that the object lacks; one without any key is filled elsewhere."""
    if not naming.entries or (naming.kind, naming.name) in others.generated:
        return
    found = [one for one in others.nearest(naming.kind, naming.name, subject) if others.beside(one, subject)]
    if not found or not all(one.keys for one in found):
        return
    for key, spot in naming.entries:
        if not any(key in one.keys for one in found):
            what = f'{naming.kind} "{naming.name}" has no key "{key}"'
            yield Problem(spot, {"what": what}, (named_there(found[0]),))


def unset(subject: Facts, others: Workspace, section: str, resource: str) -> Iterator[Problem]:
    """The containers that nothing gives a request or limit: at its zero, else at what should hold it."""
    for container in subject.containers:
        for lack in container.unset:
            wanted = (lack.section, lack.resource) == (section, resource)
            if wanted and (lack.zero or not is_given(subject, others, section, resource)):
                yield Problem(lack.spot)


def is_given(subject: Facts, others: Workspace, section: str, resource: str) -> bool:
    """Whether a LimitRange of the run gives containers a request or limit."""
    ranges = others.by_kind.get("LimitRange", ())
    return any((section, resource) in one.gives and others.together(one, subject) for one in ranges)
