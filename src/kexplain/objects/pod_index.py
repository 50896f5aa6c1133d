"""The Pods of a run by their labels: whom a selector finds, without asking each Pod for each selector."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeVar

from kexplain.api.provided import ANYBODY, owners_by_label
from kexplain.api.references import Labels, Selector, holds
from kexplain.objects.facts import Facts
from kexplain.objects.likeness import Slips

Pair = tuple[str, str]
K = TypeVar("K")
Numbers = set[int] | frozenset[int]
NONE: frozenset[int] = frozenset()


class Pods(NamedTuple):
    """One Pod template: the object that is or makes the Pods, and the labels they have."""

    owner: Facts
    labels: Labels


class PodIndex:
    """Every Pod template of a run, by number, and the numbers by what a selector can ask for."""

    def __init__(self, objects: Iterable[Facts]) -> None:
        self.rows = [Pods(one, labels) for one in objects for labels in one.made]
        self._automatic: dict[Pair, Numbers] = {}

    @cached_property
    def by_pair(self) -> dict[Pair, set[int]]:
        """By each of their labels."""
        return self._index(lambda pods: pods.labels.items())

    @cached_property
    def by_owner(self) -> dict[Pair, set[int]]:
        """By kind and name of their owners."""
        return self._index(lambda pods: [(pods.owner.kind, pods.owner.name)])

    def _index(self, keys: Callable[[Pods], Iterable[K]]) -> dict[K, set[int]]:
        """The numbers of the rows by each of their keys."""
        found: dict[K, set[int]] = defaultdict(set)
        for number, pods in enumerate(self.rows):
            for key in keys(pods):
                found[key].add(number)
        return found

    @cached_property
    def _by_namespace(self) -> dict[str, set[int]]:
        """The rows by the namespaces of their owners."""
        return self._index(lambda pods: [pods.owner.namespace])

    def found(self, selector: Selector, namespace: str) -> Iterator[int]:
        """The rows that a selector in a namespace finds, in no order.

        A label that controllers add counts as the Pods' own where their owner is known by it; where it cannot be known,
        and nothing has all the labels, the others decide.
        """
        if not selector.valid:
            return
        there = self.holding(selector.labels.items(), namespace)
        if not there and selector.labels:
            known = {key: value for key, value in selector.labels.items() if not self.is_unknowable((key, value))}
            there = self.holding(known.items(), namespace) if known != selector.labels and known else there
        for number in there:
            if all(holds(self.rows[number].labels, *expression) for expression in selector.expressions):
                yield number

    def holding(self, pairs: Iterable[Pair], namespace: str) -> Numbers:
        """The rows that can be in a namespace and have all those labels."""
        postings = sorted((self.at(pair) for pair in pairs), key=len)
        here = postings[0].intersection(*postings[1:]) if postings else self.all
        if not namespace:
            return here
        return (here & self._by_namespace.get(namespace, NONE)) | (here & self._by_namespace.get("", NONE))

    @cached_property
    def all(self) -> frozenset[int]:
        """Every row."""
        return frozenset(range(len(self.rows)))

    def at(self, pair: Pair) -> Numbers:
        """The rows that have a label, of their own or by their controller."""
        own = self.by_pair.get(pair)
        if own:
            return own
        if pair not in self._automatic:
            owners = [owner for owner in owners_by_label(*pair) if owner[0] != ANYBODY]
            self._automatic[pair] = NONE.union(*(self.by_owner.get(owner, NONE) for owner in owners))
        return self._automatic[pair]

    def is_unknowable(self, pair: Pair) -> bool:
        """Whether a controller adds that label to Pods that no manifest tells."""
        return any(owner[0] == ANYBODY for owner in owners_by_label(*pair))


class SelectorIndex:
    """The objects of a kind that select Pods, by one label that each asks for: who selects given Pods?"""

    def __init__(self, objects: Iterable[Facts], pods: PodIndex) -> None:
        self.by_pair: dict[Pair, list[Facts]] = defaultdict(list)
        self.others: list[Facts] = []
        self.by_owner: dict[int, list[Facts]] = defaultdict(list)
        for one in objects:
            if one.selector is None or not one.selector.valid:
                continue
            rarest = min(one.selector.labels.items(), key=lambda pair: len(pods.at(pair)), default=None)
            if rarest is None:
                self.others.append(one)
            elif pods.by_pair.get(rarest):
                self.by_pair[rarest].append(one)
            else:  # by a label that a controller adds
                for number in pods.found(one.selector, one.namespace):
                    self.by_owner[id(pods.rows[number].owner)].append(one)

    def selecting(self, workload: Facts) -> Iterator[Facts]:
        """Those that select Pods of a workload, whatever their namespace."""
        yield from self.by_owner.get(id(workload), ())
        for labels in workload.made:
            asked = (one for pair in labels.items() for one in self.by_pair.get(pair, ()))
            yield from (one for one in chain(asked, self.others) if one.selector and one.selector.selects(labels))


FEW = 20
"""Pod templates that may share a trait before it tells nothing."""


class Neighbours:
    """The Pods written in one place, by what makes them likely to be meant."""

    def __init__(self, rows: Iterable[Pods]) -> None:
        self.rows = list(rows)
        self.by_name: dict[str, list[Pods]] = defaultdict(list)
        self.by_value: dict[str, list[Pods]] = defaultdict(list)
        self.by_pair: dict[tuple[str, str], list[Pods]] = defaultdict(list)
        self.by_own_pair: dict[tuple[str, str], list[Pods]] = defaultdict(list)
        self.by_file: dict[str, list[Pods]] = defaultdict(list)
        for row in self.rows:
            self.by_name[row.owner.name].append(row)
            self.by_file[row.owner.path].append(row)
            for pair in row.labels.items():
                self.by_pair[pair].append(row)
                self.by_value[pair[1]].append(row)
            for pair in row.owner.labels.items() if row.owner.kind != "Pod" else ():
                self.by_own_pair[pair].append(row)
        values: dict[str, list[str]] = defaultdict(list)
        for key, value in self.by_pair:
            values[key].append(value)
        self.slips = {key: Slips(known) for key, known in values.items()}

    def likely(self, selector: Selector, subject: Facts) -> Iterator[Pods]:
        """The Pods that a selector may have meant, the likeliest first; a trait that many share tells nothing."""
        pairs = selector.labels.items()
        lists = [min((self.by_own_pair.get(pair, []) for pair in pairs), key=len, default=[])]
        lists += [self.by_name.get(subject.name, [])]
        lists += [self.by_name.get(value, []) for _, value in pairs]
        lists += [
            self.by_pair[key, known] for key, value in pairs if key in self.slips for known in self.slips[key].of(value)
        ]
        lists += [self.by_value.get(value, []) for _, value in pairs]
        lists.append(self.by_file.get(subject.path, []))
        for rows in lists:
            yield from rows if len(rows) <= FEW else ()
