"""Questions that several relations ask: what is there of what a field names or selects?"""

from collections.abc import Iterator

from kexplain.objects.facts import Facts, Naming
from kexplain.objects.workspace import Workspace
from kexplain.relation import Problem, named_there
from kexplain.relations._nearest import lost_name, lost_pods

DEPLOYMENT_TYPES = frozenset({"apps/v1 Deployment", "apps.openshift.io DeploymentConfig"})
REPLICATED_TYPES = DEPLOYMENT_TYPES | {"apps/v1 StatefulSet"}


def missing(kind: str, subject: Facts, others: Workspace) -> Iterator[Problem]:
    """The fields of an object that name another one, of a kind, which is not there; not where they allow that."""
    for naming in subject.naming:
        lost = None if naming.kind != kind or naming.optional else lost_name(kind, naming.name, subject, others)
        if lost:
            values = {"wanted": naming.name, "what": f'there is no {kind} "{naming.name}" here{lost.nearest}'}
            yield Problem(naming.spot, values | {"nearest": lost.nearest}, lost.elsewhere)


def dangling(position: str, subject: Facts, others: Workspace) -> Iterator[Problem]:
    """The selectors of an object, at a position, that select no Pods of the run."""
    for selecting in subject.selecting:
        lost = lost_pods(selecting.selector, subject, others) if selecting.position == position else None
        if lost:
            shown = ", ".join(f"{name}={value}" for name, value in selecting.selector.labels.items())
            yield Problem(selecting.spot, {"labels": shown, "nearest": lost.nearest}, lost.elsewhere)


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
