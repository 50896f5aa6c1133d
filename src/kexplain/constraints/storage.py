"""Constraints of claims, classes and CSI objects that no general kind can say.

Source: pkg/apis/core/validation and pkg/apis/storage/validation, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.constraints.nodes import Violation, is_set, items_of, scalar_text, unresolved
from kexplain.syntax.tree import Mapping, Node, Scalar, descend, plain_value

SOURCES = {("", "PersistentVolumeClaim"), ("snapshot.storage.k8s.io", "VolumeSnapshot")}
MOST_PARAMETERS, LARGEST_PARAMETERS = 512, 256 * 1024


def read_write_once_pod(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """ReadWriteOncePod beside other access modes."""
    modes = [scalar_text(node) for node in items_of(spec, "accessModes")]
    if "ReadWriteOncePod" in modes and len(set(modes)) > 1:
        index = modes.index("ReadWriteOncePod")
        yield Violation(
            ("accessModes", str(index)), "ReadWriteOncePod stands beside other access modes, and is alone or not at all"
        )


def data_sources(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """What a claim is filled from: of which group, and the same in both fields."""
    first, second = spec.get("dataSource"), spec.get("dataSourceRef")
    if not isinstance(second, Mapping):
        return
    kind = second.get("kind")
    if (
        not is_set(second.get("apiGroup"))
        and scalar_text(kind) not in {"", "PersistentVolumeClaim"}
        and not unresolved(kind)
    ):
        what = (
            f"dataSourceRef names the kind {scalar_text(kind)} without apiGroup; only a PersistentVolumeClaim has none"
        )
        yield Violation(("dataSourceRef",), what, missing="apiGroup")
    if (
        not isinstance(first, Mapping)
        or (scalar_text(first.get("apiGroup")), scalar_text(first.get("kind"))) not in SOURCES
    ):
        return
    if is_set(second.get("namespace")):
        yield Violation(("dataSource",), "dataSource may not be set beside dataSourceRef.namespace", at_key=True)
    elif any(scalar_text(first.get(key)) != scalar_text(second.get(key)) for key in ("apiGroup", "kind", "name")):
        yield Violation(("dataSource",), "dataSource and dataSourceRef differ", at_key=True)


def dropped_source(source: Mapping, arguments: str) -> Iterator[Violation]:
    """What dataSource cannot name: the server forgets it without a word."""
    group, kind = scalar_text(source.get("apiGroup")), scalar_text(source.get("kind"))
    if (group, kind) not in SOURCES and not (unresolved(source.get("kind")) or unresolved(source.get("apiGroup"))):
        of = f"{group} {kind}".strip() or "nothing"
        yield Violation(
            (),
            f"dataSource names {of}, and is dropped: it takes a PersistentVolumeClaim or a VolumeSnapshot",
            at_key=True,
        )


def parameters(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """Parameters of a class: none without a name, not too many."""
    found = holder.get("parameters")
    pairs = found.fields.items() if type(found) is Mapping else ()
    if len(pairs) > MOST_PARAMETERS:
        yield Violation(
            ("parameters",), f"there are {len(pairs)} parameters, {MOST_PARAMETERS} are allowed", at_key=True
        )
    if any(not key for key, _ in pairs):
        yield Violation(("parameters",), "a parameter has no name", at_key=True)
    size = sum(len(key.encode()) + len(text(entry.value).encode()) for key, entry in pairs)
    if size > LARGEST_PARAMETERS:
        yield Violation(
            ("parameters",), f"the parameters are {size} bytes together, {LARGEST_PARAMETERS} are allowed", at_key=True
        )


def text(node: Node) -> str:
    """A string, empty for anything else."""
    return node.value if type(node) is Scalar and type(node.value) is str else ""


def topologies(holder: Mapping, arguments: str) -> Iterator[Violation]:
    """Terms of a topology, of which none stands twice."""
    seen: list[object] = []
    for index, term in enumerate(items_of(holder, "allowedTopologies")):
        items = [plain_value(item) for item in items_of(term, "matchLabelExpressions")]
        found = {
            str(item.get("key")): sorted(map(str, item.get("values") or ())) for item in items if isinstance(item, dict)
        }
        if not found:
            yield Violation(("allowedTopologies", str(index)), "this term names no label")
        elif found in seen:
            yield Violation(("allowedTopologies", str(index)), "this term stood before")
        seen.append(found)


def audiences(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Tokens that a driver asks for: none for the same audience, the empty one included."""
    seen: set[str] = set()
    for index, request in enumerate(items_of(spec, "tokenRequests")):
        audience = scalar_text(descend(request, "audience"))
        if audience in seen:
            yield Violation(("tokenRequests", str(index)), f'the audience "{audience}" stands twice')
        seen.add(audience)
