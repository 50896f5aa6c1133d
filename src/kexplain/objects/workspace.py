"""The objects of a run as facts, indexed: who is there, whom a name or selector finds, what can be judged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from kexplain.api.kinds import is_cluster_scoped
from kexplain.api.references import Labels, Selector
from kexplain.objects.facts import AccountFacts, Facts
from kexplain.objects.spot import Spot
from kexplain.objects.whole import SCALERS


class Relation(NamedTuple):
    """How one object of the run has to do with another: ``selects``, ``names`` or ``scales`` it, and at which field."""

    verb: str
    subject: Facts
    object: Facts
    spot: Spot


class Workspace:
    """The facts of a run.

    ``complete`` says whether all objects are there: True, False, or None when that has to be judged from what is there;
    ``generated`` are the kinds and names that kustomizations of the run make.
    """

    def __init__(
        self,
        objects: Iterable[Facts],
        *,
        complete: bool | None = None,
        generated: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.objects = list(objects)
        self.complete = complete
        self.generated = generated
        self._selecting: dict[str, dict[int, list[Facts]]] = {}

    @cached_property
    def by_kind(self) -> dict[str, list[Facts]]:
        """Objects by kind."""
        index: dict[str, list[Facts]] = defaultdict(list)
        for one in self.objects:
            index[one.kind].append(one)
        return index

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[Facts]]:
        """Objects by kind and name."""
        index: dict[tuple[str, str], list[Facts]] = defaultdict(list)
        for one in self.objects:
            index[one.kind, one.name].append(one)
        return index

    @cached_property
    def pods(self) -> list[tuple[Facts, Labels]]:
        """Every Pod template: the object that is or makes the Pods, and the labels they have."""
        return [(one, labels) for one in self.objects for labels in one.made]

    @cached_property
    def pods_by_label(self) -> dict[tuple[str, str], list[tuple[Facts, Labels]]]:
        """The same, by each of their labels."""
        index: dict[tuple[str, str], list[tuple[Facts, Labels]]] = defaultdict(list)
        for pods in self.pods:
            for pair in pods[1].items():
                index[pair].append(pods)
        return index

    @cached_property
    def custom_words(self) -> frozenset[str]:
        """Every text in objects that are not built in: what one of them mentions, its controller may make."""
        return frozenset().union(*(one.words for one in self.objects))

    @cached_property
    def by_account(self) -> dict[str, list[Facts]]:
        """Objects whose Pods run as a ServiceAccount, by its name."""
        index: dict[str, list[Facts]] = defaultdict(list)
        for one in self.objects:
            for name in {account.name for account in one.accounts}:
                index[name].append(one)
        return index

    def users(self, one: Facts) -> list[Facts]:
        """The objects that name an object, each once."""
        return list({id(r.subject): r.subject for r in self.relations(one) if r.object is one}.values())

    def lacks(self, kind: str, name: str, near: Facts) -> bool:
        """Whether the object of that kind and name that ``near`` means is missing, as far as that can be judged.

        What a kustomization generates is there; what a custom object mentions may be made by its controller.
        """
        if not name or not self.can_judge(kind, near) or self.find(kind, name, near) is not None:
            return False
        return (kind, name) not in self.generated and name not in self.custom_words

    def find(self, kind: str, name: str, near: Facts) -> Facts | None:
        """The object of that kind and name that ``near`` means: one in its namespace, the nearest there is."""
        return next(iter(self.nearest(kind, name, near)), None)

    def nearest(self, kind: str, name: str, near: Facts) -> list[Facts]:
        """All objects that ``near`` can mean by a kind and name: those of its file, else its folder, else the run.

        A run over many folders may hold several of one name; only those beside it are compared with it field by field.
        """
        found = [one for one in self.by_name.get((kind, name), ()) if same_namespace(one, near)]
        same_file = [one for one in found if one.path == near.path]
        return same_file or [one for one in found if self.beside(one, near)] or found

    def beside(self, one: Facts, other: Facts) -> bool:
        """Whether two objects were written to go together: in one folder, or in a set that is complete."""
        return self.complete is True or one.folder == other.folder

    def together(self, one: Facts, other: Facts) -> bool:
        """Whether two objects surely live together: in a namespace that both name, else beside each other."""
        if one.namespace and other.namespace:
            return one.namespace == other.namespace
        return self.beside(one, other)

    def selected(self, selector: Selector, near: Facts) -> list[Facts]:
        """The objects whose Pods a selector in ``near`` selects, once for each of their Pod templates."""
        lists = [self.pods_by_label.get(pair, []) for pair in selector.labels.items()]
        candidates = min(lists, key=len) if lists else self.pods
        return [one for one, labels in candidates if same_namespace(one, near) and selector.selects(labels)]

    def selecting(self, kind: str, workload: Facts) -> list[Facts]:
        """The objects of a kind (Services, …) whose ``spec.selector`` selects Pods of a workload."""
        if kind not in self._selecting:
            index = self._selecting[kind] = defaultdict(list)
            for other in self.by_kind.get(kind, ()):
                for key in {id(one) for one in self.selected(other.selector, other)} if other.selector else ():
                    index[key].append(other)
        return self._selecting[kind].get(id(workload), [])

    def can_judge(self, kind: str, near: Facts) -> bool:
        """Whether a missing object of that kind may be called missing.

        When the set was said to be complete or not, that decides; else the folder of the object must hold at least
        one other of the kind (``Pod`` means anything that makes Pods) in its namespace.
        """
        if self.complete is not None:
            return self.complete
        there = (one for one, _ in self.pods) if kind == "Pod" else self.by_kind.get(kind, ())
        return any(one is not near and one.folder == near.folder and same_namespace(one, near) for one in there)

    def scalers(self, workload: Facts) -> Iterator[Facts]:
        """The autoscalers of the run that set the ``replicas`` of a workload."""
        for kind in SCALERS:
            for one in self.by_kind.get(kind, ()):
                aim = one.scaler and (one.scaler.kind or "Deployment", one.scaler.name)
                if aim == (workload.kind, workload.name) and same_namespace(one, workload):
                    yield one

    def fewest_replicas(self, workload: Facts) -> int | None:
        """How many Pods a workload has, or the lower bound of its autoscaler; None where that cannot be read."""
        for one in self.scalers(workload):
            return one.scaler.fewest if one.scaler else None
        return workload.replicas.number if workload.replicas else 1

    def mounts_token(self, account: AccountFacts, near: Facts) -> bool:
        """Whether a Pod gets its ServiceAccount's token: neither it nor the ServiceAccount, if here, says no."""
        if account.token is not None:
            return account.token
        found = self.find("ServiceAccount", account.name, near)
        return not (found and found.mounts_token is False)

    def relations(self, one: Facts) -> list[Relation]:
        """What an object of the run has to do with others, as far as their fields tell: both ways, in no order."""
        return [*self._outgoing.get(id(one), ()), *self._incoming.get(id(one), ())]

    @cached_property
    def _outgoing(self) -> dict[int, list[Relation]]:
        """Relations by the object whose field makes them."""
        return {id(one): list(self._made_by(one)) for one in self.objects}

    @cached_property
    def _incoming(self) -> dict[int, list[Relation]]:
        """Relations by the object that they are about."""
        index: dict[int, list[Relation]] = defaultdict(list)
        for relations in self._outgoing.values():
            for relation in relations:
                index[id(relation.object)].append(relation)
        return index

    def _made_by(self, one: Facts) -> Iterator[Relation]:
        """The relations that the fields of one object make."""
        for naming in one.naming:
            if other := self.find(naming.kind, naming.name, one):
                yield Relation("names", one, other, naming.spot)
        for selecting in one.selecting:
            for other in {id(o): o for o in self.selected(selecting.selector, one)}.values():
                yield Relation("selects", one, other, selecting.spot)
        if one.scaler and one.scaler.name:
            target = self.find(one.scaler.kind or "Deployment", one.scaler.name, one)
            if target:
                yield Relation("scales", one, target, one.scaler.spot)


def same_namespace(one: Facts, other: Facts) -> bool:
    """Whether two objects can be in one namespace; where a manifest names none, it can be any."""
    if not one.namespace or not other.namespace or one.namespace == other.namespace:
        return True
    return is_cluster_scoped(one.kind)
