"""A live cluster: what its API server lists, as one Source per object.

Source: Kubernetes, "API Concepts" (discovery, limit and continue, 410 Gone).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from kexplain.cluster.api_server import (
    TIMEOUT,
    TOO_LARGE,
    ClusterError,
    RefusedError,
    Server,
    connected,
    line_of,
    nothing_read,
    segment,
)
from kexplain.syntax.source import Source, Unread
from kexplain.words import nearest

LEFT_OUT = frozenset(
    {
        "secrets",  # values nobody asked to see
        "events", "events.events.k8s.io", "componentstatuses",  # what happened, not what is wanted
        "endpoints", "endpointslices.discovery.k8s.io",  # the rest is written by controllers and kubelets
        "controllerrevisions.apps", "leases.coordination.k8s.io", "nodes", "csinodes.storage.k8s.io",
        "csistoragecapacities.storage.k8s.io", "volumeattachments.storage.k8s.io", "ipaddresses.networking.k8s.io",
        "certificatesigningrequests.certificates.k8s.io", "nodes.metrics.k8s.io", "pods.metrics.k8s.io",
    }
)  # fmt: skip
"""Kinds that are read only when ``--kind`` names them: no person wrote their objects, or they are secret."""

MADE = frozenset({"jobs.batch", "pods", "replicasets.apps"})
MAKERS = frozenset({"apps", "batch", ""})
"""API groups whose controllers make the former from a template, which is in the object that owns them."""

BOOTSTRAPPED = "kubernetes.io/bootstrapping"
"""The label of roles and bindings that every API server makes when it starts."""

PAGE = 500
PAGES, OBJECTS, CHARACTERS = 10_000, 100_000, 512 * 1024**2
"""At most: pages of one list, objects of a run and characters of their texts."""
GONE = 410


class Kind(NamedTuple):
    """A kind that the server lists. ``full`` is its plural name with its group, as in ``deployments.apps``."""

    version: str
    kind: str
    full: str
    path: str
    plural: str
    namespaced: bool
    names: frozenset[str]


def read_cluster(
    context: str = "", namespaces: tuple[str, ...] = (), kinds: tuple[str, ...] = (), timeout: float = TIMEOUT
) -> list[Source | Unread]:
    """The objects of the cluster that a context of the kubeconfig names, by default the current one.

    All of them but those in LEFT_OUT, those that a built-in controller made from an owner's template, and the roles
    that the API server gives itself; where kinds are named, all objects of these; where namespaces are, all in them.
    A kind that could not be listed whole is Unread and not read in part, or what is missing could not be told from what
    was not read. Raises ClusterError.
    """
    with connected(context, timeout) as server:
        try:
            for namespace in namespaces:
                require_namespace(server, namespace)
            there, unread = discover(server)
        except RefusedError as error:
            raise nothing_read(server, error) from error
        reader = Reader(server, whole=bool(kinds))
        reader.found += unread
        reader.read(wanted(there, kinds, namespaced=bool(namespaces)), namespaces)
    return reader.found


def version_of(context: str = "", timeout: float = TIMEOUT) -> str:
    """The version of Kubernetes that a cluster runs, such as ``v1.31.2``; empty where it does not say."""
    with connected(context, timeout) as server:
        try:
            said = server.get("/version").get("gitVersion")
        except RefusedError:
            return ""
    return said if isinstance(said, str) else ""


class Reader:
    """Reads lists into ``found``, each object once, up to the limits. ``whole``: also what an owner explains."""

    def __init__(self, server: Server, *, whole: bool) -> None:
        self.server = server
        self.whole = whole
        self.found: list[Source | Unread] = []
        self._seen: set[str] = set()
        self._characters = 0

    def read(self, kinds: list[Kind], namespaces: tuple[str, ...]) -> None:
        """Adds the objects of the kinds. Raises ClusterError where not one list could be read."""
        first, done = None, 0
        for kind in kinds:
            for namespace in (namespaces if kind.namespaced else ()) or ("",):
                try:
                    self._add(kind, namespace)
                    done += 1
                except RefusedError as error:
                    first = first or error
                    where = "/".join(filter(None, (self.server.path, namespace, kind.full)))
                    self.found.append(Unread(where, f"not read: {error}", wrong=False))
        if first and not done:
            raise nothing_read(self.server, first) from first

    def _add(self, kind: Kind, namespace: str) -> None:
        """Adds the objects of one list. Raises RefusedError."""
        path = f"{kind.path}/namespaces/{quote(namespace)}/{kind.plural}" if namespace else f"{kind.path}/{kind.plural}"
        try:
            listed = self._list(kind, path)
        except RefusedError as error:
            if error.status != GONE:
                raise
            listed = self._list(kind, path)  # the list grew too old while it was read: once more, from its beginning
        self._seen |= listed.keys()
        self._characters += sum(map(size, listed.values()))
        self.found += listed.values()

    def _list(self, kind: Kind, path: str) -> dict[str, Source | Unread]:
        """One list, page by page: what is new in it, by uid. Raises RefusedError."""
        found: dict[str, Source | Unread] = {}
        limit, token, characters = PAGE, "", self._characters
        for _ in range(PAGES):
            try:
                page = self.server.get(path, limit=limit, **({"continue": token} if token else {}))
            except RefusedError as error:
                if error.status != TOO_LARGE or limit == 1:
                    raise
                limit = max(limit // 10, 1)
                continue
            for item in mappings(page.get("items")):
                uid = str(mapping(item.get("metadata")).get("uid") or self._path(item, kind))
                if uid not in self._seen and uid not in found and (self.whole or not explained(item, kind)):
                    found[uid] = self._source(item, kind)
                    characters += size(found[uid])
            if len(self._seen) + len(found) > OBJECTS or characters > CHARACTERS:
                most = f"{OBJECTS:,} objects, {CHARACTERS // 1024**2} MiB"
                raise RefusedError(200, f"more than is read at once ({most}); name kinds or namespaces")
            token = mapping(page.get("metadata")).get("continue") or ""
            if not token:
                return found
        raise RefusedError(200, "the list does not end")

    def _source(self, item: dict[str, Any], kind: Kind) -> Source | Unread:
        """An object as a Source. All lie in one folder, so that references are judged as between files."""
        from kexplain.cluster.text import text_of

        path = self._path(item, kind)
        try:
            source = Source(path, text_of(item, kind.version, kind.kind))
        except ValueError as error:
            return Unread(path, f"cannot be written as YAML: {line_of(error)}")
        source.folder = self.server.path
        return source

    def _path(self, item: dict[str, Any], kind: Kind) -> str:
        """What reports call an object: no file, but as unambiguous."""
        metadata = mapping(item.get("metadata"))
        name, namespace = (segment(str(metadata.get(part) or "")) for part in ("name", "namespace"))
        return f"{self.server.path}/{namespace or '_'}/{kind.full}/{name}.yaml"


def size(source: Source | Unread) -> int:
    """Characters of a text."""
    return len(source.text) if isinstance(source, Source) else 0


def explained(item: dict[str, Any], kind: Kind) -> bool:
    """Whether Kubernetes made an object, for itself or from its owner's template; a static Pod's node has none."""
    metadata = mapping(item.get("metadata"))
    if BOOTSTRAPPED in mapping(metadata.get("labels")):
        return True
    owners = mappings(metadata.get("ownerReferences"))
    makers = (o for o in owners if o.get("controller") is True and o.get("kind") != "Node")
    return kind.full in MADE and any(str(o.get("apiVersion")).rpartition("/")[0] in MAKERS for o in makers)


def discover(server: Server) -> tuple[list[Kind], list[Unread]]:
    """The kinds that the server lists, each in the version it prefers, and the APIs that do not answer.

    Raises RefusedError where there is no answer at all.
    """
    groups = [("", texts(server.get("/api").get("versions")))]
    for listed in mappings(server.get("/apis").get("groups")):
        served = [str(v.get("version")) for v in mappings(listed.get("versions"))]
        preferred = mapping(listed.get("preferredVersion")).get("version")
        groups.append((str(listed.get("name")), sorted(served, key=lambda version: version != preferred)))
    found: dict[str, Kind] = {}
    unread, first = [], None
    for group, versions in groups:
        for version in versions:
            path = f"/apis/{quote(group)}/{quote(version)}" if group else f"/api/{quote(version)}"
            try:
                resources = mappings(server.get(path).get("resources"))
            except RefusedError as error:
                first = first or error
                unread.append(Unread(f"{server.path}/{group or 'core'}/{version}", f"not read: {error}", wrong=False))
                continue
            for kind in kinds_of(resources, group, version, path):
                found.setdefault(kind.full, kind)
    if not found:
        raise first or RefusedError(200, "the server names no kinds; is it one of Kubernetes?")
    return list(found.values()), unread


def kinds_of(resources: Iterable[dict[str, Any]], group: str, version: str, path: str) -> Iterator[Kind]:
    """What can be listed of an API's resources."""
    for resource in resources:
        plural, kind = str(resource.get("name")), str(resource.get("kind"))
        if "/" in plural or "list" not in texts(resource.get("verbs")):
            continue
        full = f"{plural}.{group}" if group else plural
        names = {kind, plural, full, str(resource.get("singularName")), *texts(resource.get("shortNames"))}
        api_version = f"{group}/{version}" if group else version
        yield Kind(
            api_version, kind, full, path, quote(plural), resource.get("namespaced") is True,
            frozenset(name.lower() for name in names if name),
        )  # fmt: skip


def wanted(there: list[Kind], names: tuple[str, ...], *, namespaced: bool) -> list[Kind]:
    """The kinds to read: those named, else all (that have a namespace) but those left out. Raises ClusterError."""
    if not names:
        return [kind for kind in there if kind.full not in LEFT_OUT and (kind.namespaced or not namespaced)]
    found: dict[str, Kind] = {}
    for name in names:
        matching = [kind for kind in there if name.lower() in kind.names]
        if not matching:
            near = nearest(name.lower(), sorted({known for kind in there for known in kind.names}), 0.5)
            raise ClusterError(
                f"the cluster lists no kind called {name!r}; {near or 'kubectl api-resources names all'}"
            )
        found |= {kind.full: kind for kind in matching}
    return list(found.values())


def require_namespace(server: Server, name: str) -> None:
    """Raises ClusterError where there is no such namespace; who may not look is believed."""
    there = re.fullmatch("[a-z0-9]([-a-z0-9]*[a-z0-9])?", name) is not None
    try:
        there = there and bool(server.get(f"/api/v1/namespaces/{name}"))
    except RefusedError as error:
        if error.status not in {403, 404}:
            raise
        there = error.status == 403
    if not there:
        raise ClusterError(f"context {server.context!r} has no namespace called {name!r}")


def mapping(value: object) -> dict[str, Any]:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects of a JSON list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts of a JSON list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
