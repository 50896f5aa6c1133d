"""What other objects may ask of one: small values with their places, without its tree. They can be pickled.

A fact says nothing about right or wrong; rules about several objects compare facts, and ``Workspace`` finds them.
"""

from typing import NamedTuple

from kexplain.api.references import Labels, Selector
from kexplain.objects.spot import Spot
from kexplain.syntax.tree import Span


class Selecting(NamedTuple):
    """A field that selects objects of a kind; ``Pod`` stands for everything that makes Pods."""

    position: str
    kind: str
    selector: Selector
    spot: Spot


class Naming(NamedTuple):
    """A field that names an object of a kind, and the entries of it that are asked for beside the name."""

    position: str
    kind: str
    name: str
    spot: Spot
    optional: bool = False
    entries: tuple[tuple[str, Spot], ...] = ()


class Unset(NamedTuple):
    """A request or limit that a container does not give; ``zero`` where it gives none by saying 0."""

    section: str
    resource: str
    spot: Spot
    zero: bool


class Amount(NamedTuple):
    """A request or limit that a container gives, in billionths."""

    section: str
    resource: str
    number: int
    spot: Spot


class Bound(NamedTuple):
    """What a LimitRange says of a type (``Container``, ``Pod``) on one side, or a ResourceQuota: ``hard``."""

    type: str
    side: str
    resource: str
    number: int
    text: str


class ContainerFacts(NamedTuple):
    """One container; ``runs_on`` when it is meant to run until it is stopped.

    ``unready`` is where it lacks a readiness probe and needs one.
    """

    spot: Spot
    runs_on: bool
    has_ports: bool
    unready: Spot | None
    unset: tuple[Unset, ...]
    asked: tuple[Amount, ...] = ()


class PortFacts(NamedTuple):
    """A port that a container declares, and the container's name."""

    name: str
    number: object
    container: str


class DoorFacts(NamedTuple):
    """A port of a Service, and the port of the Pods that it leads to, by number or name."""

    name: str
    number: object
    target: object


class AccountFacts(NamedTuple):
    """As whom a Pod runs. ``token`` is what it says of the token itself, None where it says nothing.

    ``spot`` is the field that names the account, or the place where one would; ``written`` its name there.
    ``token_spot`` is the field that says whether the token comes, or the place where it could.
    """

    name: str
    written: str | None
    spot: Spot
    token: bool | None
    token_spot: Spot


class TemplateFacts(NamedTuple):
    """A Pod or Pod template as a NetworkPolicy sees it."""

    spot: Spot
    labels: Labels
    host_network: bool


class CredentialFacts(NamedTuple):
    """A credential written into an environment variable, without its value.

    ``mark`` are 16 bits of a checksum: enough to see that it is the name of a Secret, too few to guess a value from.
    """

    variable: str
    what: str
    mark: int
    spot: Spot


class BackendFacts(NamedTuple):
    """A Service that an Ingress or route sends requests to: its name, and the port asked for by number or name."""

    name: str
    spot: Spot
    port: object
    port_spot: Spot
    by_annotation: bool


class ScalerFacts(NamedTuple):
    """What an autoscaler scales, and its lower bound (None where that cannot be read)."""

    version: object
    kind: str | None
    name: str | None
    spot: Spot
    target: Span | None
    fewest: int | None


class ReplicaFacts(NamedTuple):
    """How many Pods an object asks for: ``number`` with the default, None where it cannot be read.

    ``spot`` is the field, or the place where it would stand (``given`` says which); ``unspread`` is where nothing keeps
    its Pods on different nodes, None where something does or the object has no Pod template.
    """

    number: int | None
    given: bool
    value: object
    spot: Spot
    unspread: Spot | None
    unconstrained: Spot | None = None
    """Where no topology spread constraint stands, whatever else keeps the Pods apart."""


class BudgetFacts(NamedTuple):
    """The ``minAvailable`` of a PodDisruptionBudget."""

    wanted: object
    spot: Spot


class ServiceFacts(NamedTuple):
    """A Service: its kind of address, its ports by number and name, and where a selector lacks."""

    type: object
    cluster_ip: str
    ports: frozenset[object]
    unselected: Spot | None


class StatefulFacts(NamedTuple):
    """The Service that gives a StatefulSet's Pods their names; ``name`` is None where it names none."""

    name: str | None
    spot: Spot
    labels: Labels
    judged: bool


class BindingFacts(NamedTuple):
    """The role that a binding hands out."""

    kind: object
    name: object
    spot: Spot


class RoleFacts(NamedTuple):
    """What a role allows: the rule that allows everything, if there is one, and what it creates: groups, resources."""

    everything: Span | None
    creates: tuple[tuple[frozenset[str], frozenset[str]], ...]


class PeerFacts(NamedTuple):
    """A peer that is Pods of the policy's own namespace."""

    selector: Selector
    spot: Spot


class PolicyFacts(NamedTuple):
    """Which directions a NetworkPolicy isolates, and the peers that it names in its own namespace."""

    directions: frozenset[str]
    peers: tuple[PeerFacts, ...]


class MonitorFacts(NamedTuple):
    """The Services that a ServiceMonitor scrapes; ``namespaces`` where it looks, None for its own, empty for all."""

    selector: Selector
    namespaces: frozenset[str] | None
    spot: Spot


class Facts(NamedTuple):
    """What others may ask of one object. ``file`` is the number of its file in the run, ``folder`` where that lies.

    ``made`` are the labels of the Pods that it is or makes; ``words`` every text in it, where it is not built in: what
    one of them mentions, its controller may make.
    """

    file: int
    path: str
    folder: str
    document: int
    api_version: str
    kind: str
    name: str
    namespace: str
    builtin: bool
    type: str
    """The name of its type, such as ``apps/v1 Deployment``; another than its own where only a successor is known."""
    root: Spot
    name_spot: Spot
    """Its name, or the root where it has none."""
    named_at: Span
    labels: Labels
    annotations: frozenset[str]
    provided: bool = False
    """Whether the API server itself creates it."""
    made: tuple[Labels, ...] = ()
    selecting: tuple[Selecting, ...] = ()
    naming: tuple[Naming, ...] = ()
    containers: tuple[ContainerFacts, ...] = ()
    accounts: tuple[AccountFacts, ...] = ()
    templates: tuple[TemplateFacts, ...] = ()
    selector: Selector | None = None
    """Which Pods a Service, a PodDisruptionBudget, a NetworkPolicy or a workload is for; None where it does not say."""
    credentials: tuple[CredentialFacts, ...] = ()
    backends: tuple[BackendFacts, ...] = ()
    stateful: tuple[StatefulFacts, ...] = ()
    scaler: ScalerFacts | None = None
    replicas: ReplicaFacts | None = None
    budget: BudgetFacts | None = None
    service: ServiceFacts | None = None
    binding: BindingFacts | None = None
    role: RoleFacts | None = None
    keys: frozenset[str] = frozenset()
    gives: frozenset[tuple[str, str]] = frozenset()
    """Of a LimitRange: the requests and limits that containers get which say nothing themselves."""
    bounds: tuple[Bound, ...] = ()
    """Of a LimitRange and of a ResourceQuota without scopes."""
    mounts_token: bool | None = None
    """Of a ServiceAccount: what it says of its token."""
    words: frozenset[str] = frozenset()
    policy: PolicyFacts | None = None
    monitor: MonitorFacts | None = None
    access_modes: frozenset[str] = frozenset()
    ports: tuple[PortFacts, ...] = ()
    doors: tuple[DoorFacts, ...] = ()

    @property
    def group(self) -> str:
        """The API group; empty for the core."""
        return self.api_version.rpartition("/")[0]
