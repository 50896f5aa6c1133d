"""The objects of a run as facts, indexed: who is there, whom a name or selector finds, what can be judged."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

from kexplain.api.kinds import is_cluster_scoped
from kexplain.api.provided import is_provided, may_make
from kexplain.api.references import Selector
from kexplain.objects.facts import AccountFacts, Facts, RoleFacts
from kexplain.objects.likeness import Slips
from kexplain.objects.pod_index import Neighbours, PodIndex, SelectorIndex
from kexplain.objects.spot import Spot
from kexplain.objects.whole import SCALERS
from kexplain.syntax.placeholder import filler

K = TypeVar("K")
T = TypeVar("T")


class Relation(NamedTuple):
    """How one object of the run has to do with another: ``selects``, ``names`` or ``scales`` it, and at which field."""

    verb: str
    subject: Facts
    object: Facts
    spot: Spot


class Workspace:
    """The facts of a run.

    ``complete`` says whether all objects are there: True, False, or None when that has to be judged from what is there;
    ``generated`` are the kinds and names that kustomizations of the run make, ``opaque`` the folders of which nobody
    can tell what comes of them: charts, templates, what could not be read.
    """

    def __init__(
        self,
        objects: Iterable[Facts],
        *,
        complete: bool | None = None,
        generated: frozenset[tuple[str, str]] = frozenset(),
        opaque: frozenset[str] = frozenset(),
    ) -> None:
        self.objects = list(objects)
        self.complete = complete
        self.generated = generated
        self.opaque = opaque
        self._selectors: dict[str, SelectorIndex] = {}
        self._makers: dict[str, tuple[set[str], set[str]]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._slips: dict[tuple[str, str], Slips] = {}

    @cached_property
    def by_kind(self) -> dict[str, list[Facts]]:
        """Objects by kind."""
        return grouped(self.objects, lambda one: [one.kind])

    @cached_property
    def by_name(self) -> dict[tuple[str, str], list[Facts]]:
        """Objects by kind and name."""
        return grouped(self.objects, lambda one: [(one.kind, one.name)])

    @cached_property
    def pods(self) -> PodIndex:
        """Every Pod template of the run."""
        return PodIndex(self.objects)

    @cached_property
    def by_account(self) -> dict[str, list[Facts]]:
        """Objects whose Pods run as a ServiceAccount, by its name."""
        return grouped(self.objects, lambda one: {account.name for account in one.accounts})

    def users(self, one: Facts) -> list[Facts]:
        """The objects that name an object, each once."""
        return list({id(r.subject): r.subject for r in self.relations(one) if r.object is one}.values())

    def is_missing(self, kind: str, name: str, near: Facts) -> bool:
        """Whether the run lacks the object of that kind and name that ``near`` means, and nothing says that it comes.

        What a kustomization generates comes, and so does what a custom object mentions or every cluster has. Of a set
        that is said to be incomplete nothing is missing.
        """
        if not name or self.complete is False or self.find(kind, name, near) is not None:
            return False
        if (kind, name) in self.generated or self.mentions(kind, name):
            return False
        return not is_provided(kind, name, "" if is_cluster_scoped(kind) else near.namespace)

    def neighbours(self, near: Facts) -> Neighbours:
        """The Pods written beside an object."""
        return self._neighbours.get(self.place_of(near)) or Neighbours(())

    @cached_property
    def _neighbours(self) -> dict[str, Neighbours]:
        """The Pods by where they were written."""
        rows = grouped(self.pods.rows, lambda row: [self.place_of(row.owner)])
        return {place: Neighbours(there) for place, there in rows.items()}

    def only_in_file(self, path: str, kind: str) -> Facts | None:
        """The object of a kind in a file that holds but one; None where it holds none or several."""
        found = self._in_files.get((path, kind), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _in_files(self) -> dict[tuple[str, str], list[Facts]]:
        """Objects by file and kind."""
        return grouped(self.objects, lambda one: [(one.path, one.kind)])

    @cached_property
    def named(self) -> frozenset[tuple[str, str]]:
        """Kinds and names of all that fields of the run name."""
        return frozenset((naming.kind, naming.name) for one in self.objects for naming in one.naming)

    def mentions(self, kind: str, text: str) -> bool:
        """Whether a custom object that may make objects of a kind says a text: what it names, it may make."""
        if kind not in self._words:
            makers = (one for one in self.objects if not one.builtin and may_make(one.group, one.kind, kind))
            self._words[kind] = frozenset().union(*(one.words for one in makers))
        return text in self._words[kind]

    def may_be_made(self, kind: str, near: Facts) -> bool:
        """Whether something beside an object, or in the namespace it names, may make objects of a kind.

        A custom object may by its kind, a program by the role beside it, a chart or a template anything. ``Pod`` is
        whatever makes Pods.
        """
        if kind not in self._makers:
            self._makers[kind] = makers_of(kind, self.objects)
        folders, namespaces = self._makers[kind]
        if near.folder in folders or (near.namespace and near.namespace in namespaces):
            return True
        return bool(self.opaque) and any(folder in self.opaque for folder in folders_above(near.folder))

    def place_of(self, one: Facts) -> str:
        """Where an object was written: objects of one place go together. A complete set is one place."""
        return "" if self.complete is True else one.folder

    def slips_of(self, kind: str, name: str, near: Facts) -> Iterator[Facts]:
        """The objects of a kind beside ``near`` that a name may mean, mistyped."""
        place = self.place_of(near)
        if (kind, place) not in self._slips:
            here = (one.name for one in self.by_kind.get(kind, ()) if self.place_of(one) == place)
            self._slips[kind, place] = Slips(dict.fromkeys(here))
        for known in self._slips[kind, place].of(name):
            found = self.nearest(kind, known, near)
            yield from (one for one in found if one is not near and self.beside(one, near))

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
        return [self.pods.rows[number].owner for number in sorted(self.pods.found(selector, near.namespace))]

    def selects(self, selector: Selector, near: Facts) -> bool:
        """Whether a selector in ``near`` selects any Pods."""
        return next(self.pods.found(selector, near.namespace), None) is not None

    def selecting(self, kind: str, workload: Facts) -> Iterator[Facts]:
        """The objects of a kind (Services, …) whose selector selects Pods of a workload."""
        if kind not in self._selectors:
            self._selectors[kind] = SelectorIndex(self.by_kind.get(kind, ()), self.pods)
        found = self._selectors[kind].selecting(workload)
        return (one for one in found if same_namespace(workload, one))

    def can_judge(self, kind: str, near: Facts) -> bool:
        """Whether a missing object of that kind may be called missing.

        When the set was said to be complete or not, that decides; else the folder of the object must hold at least
        one other of the kind in its namespace.
        """
        if self.complete is not None:
            return self.complete
        there = self._beside.get((kind, near.folder), ())
        return any(one is not near and same_namespace(one, near) for one in there)

    @cached_property
    def _beside(self) -> dict[tuple[str, str], list[Facts]]:
        """Objects by kind and folder."""
        return grouped(self.objects, lambda one: [(one.kind, one.folder)])

    def scalers(self, workload: Facts) -> Iterator[Facts]:
        """The autoscalers of the run that set the ``replicas`` of a workload."""
        found = self._by_aim.get((workload.kind, workload.name), ())
        return (one for one in found if same_namespace(one, workload))

    @cached_property
    def _by_aim(self) -> dict[tuple[str, str | None], list[Facts]]:
        """Autoscalers by kind and name of what they scale."""
        scalers = (one for kind in SCALERS for one in self.by_kind.get(kind, ()))
        return grouped(scalers, lambda one: [(one.scaler.kind or "Deployment", one.scaler.name)] if one.scaler else [])

    def granting(self, role: Facts) -> list[Facts]:
        """The bindings of the run that name a role, by its kind and name alone."""
        return self._by_role.get((role.kind, role.name), [])

    @cached_property
    def _by_role(self) -> dict[tuple[object, object], list[Facts]]:
        """Bindings by kind and name of their role, as they are written."""
        return grouped(self.objects, lambda one: [(one.binding.kind, one.binding.name)] if one.binding else [])

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
        made = chain.from_iterable(self._outgoing.values())
        return grouped(made, lambda relation: [id(relation.object)])

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


def makers_of(kind: str, objects: Iterable[Facts]) -> tuple[set[str], set[str]]:
    """The folders and the namespaces in which something may make objects of a kind, or is one to be filled in."""
    folders, namespaces = set[str](), set[str]()
    for one in objects:
        if (one.role and creates(one.role, kind)) or any(map(filler, telling(one, kind))):
            folders.add(one.folder)
        elif not one.builtin and may_make(one.group, one.kind, kind):
            folders.add(one.folder)
            namespaces.add(one.namespace)
    return folders, namespaces


def telling(one: Facts, kind: str) -> Iterator[str]:
    """The texts by which an object is found as one of a kind: its name, and the labels of its Pods."""
    if one.kind == kind:
        yield one.name
    if kind == "Pod":
        yield from (value for labels in one.made for value in labels.values())


POD_MAKERS = frozenset({"pods", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs"})
GROUPS = frozenset({"", "apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "autoscaling", "policy"})
"""The API groups of what manifests refer to."""


def creates(role: RoleFacts, kind: str) -> bool:
    """Whether a role lets a program create objects of a built-in kind."""
    wanted = POD_MAKERS if kind == "Pod" else {kind.lower() + "s", kind.lower() + "es"}
    return any(
        not resources.isdisjoint(wanted) or ("*" in resources and not groups.isdisjoint(GROUPS | {"*"}))
        for groups, resources in role.creates
    )


def folders_above(folder: str) -> Iterator[str]:
    """A folder and those that it lies in, by name."""
    yield folder
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        yield folder
    yield ""


def grouped(rows: Iterable[T], keys: Callable[[T], Iterable[K]]) -> dict[K, list[T]]:
    """The rows by each of their keys, in their order."""
    found: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        for key in keys(row):
            found[key].append(row)
    return found
