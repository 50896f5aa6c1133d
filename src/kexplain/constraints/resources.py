"""Constraints of maps of resources: which names, which amounts, how requests and limits go together.

Source: pkg/apis/core/validation and pkg/apis/core/helper, as of Kubernetes 1.37.
"""

from collections.abc import Iterator

from kexplain.api.quantity import NANO, billionths
from kexplain.constraints.fields import amount as amount_of
from kexplain.constraints.names import qualified_name
from kexplain.constraints.nodes import Violation, items_of, scalar_text, shown, unresolved, value_at
from kexplain.syntax.tree import Mapping, Node, Scalar, descend

OF_CONTAINERS = ("cpu", "memory", "ephemeral-storage")
COUNTED = ("pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
           "persistentvolumeclaims", "services.nodeports", "services.loadbalancers")  # fmt: skip
OF_QUOTAS = (*OF_CONTAINERS, *(f"{side}.{name}" for side in ("requests", "limits") for name in OF_CONTAINERS),
             "requests.storage", *COUNTED)  # fmt: skip
STANDARD = (*OF_QUOTAS, "storage")
COMPUTED = {"cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"}
SCOPES = {"Terminating": COMPUTED | {"pods"}, "NotTerminating": COMPUTED | {"pods"}, "BestEffort": {"pods"},
          "NotBestEffort": COMPUTED | {"pods"}, "PriorityClass": COMPUTED | {"pods"},
          "CrossNamespacePodAffinity": COMPUTED | {"pods"},
          "VolumeAttributesClass": {"persistentvolumeclaims", "requests.storage"}}  # fmt: skip
OPPOSITES = ({"BestEffort", "NotBestEffort"}, {"Terminating", "NotTerminating"})
ONLY_EXISTS = {"Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "CrossNamespacePodAffinity"}
HUGE = "hugepages-"


def entries(holder: Node | None, name: str) -> Iterator[tuple[str, Node]]:
    """The resources of a map: name and amount."""
    found = descend(holder, name)
    for key, entry in found.fields.items() if type(found) is Mapping else ():
        if not unresolved(entry.key):
            yield key, entry.value


def amount(node: Node | None) -> int | None:
    """How much of a resource there is; an amount that stands there as null is none of it."""
    return 0 if type(node) is Scalar and node.value is None else amount_of(node)


def is_native(name: str) -> bool:
    """Whether Kubernetes itself measures a resource."""
    return "/" not in name or "kubernetes.io/" in name


def wrong_name(name: str, known: tuple[str, ...]) -> str:
    """What is wrong with the name of a resource: neither standard nor of somebody's domain."""
    if wrong := qualified_name(name):
        return wrong
    if "/" in name:
        return ""
    if name in known or name.startswith((HUGE, "requests.hugepages-" if known is OF_QUOTAS else HUGE)):
        return ""
    same = next((other for other in known if other == name.lower()), "")
    hint = f"; did you mean {same}?" if same else f"; there are {', '.join(known[:3])} and domain/name"
    return f"is no resource that may stand here{hint}"


def wrong_container_name(name: str) -> str:
    """The same for a container."""
    if wrong := wrong_name(name, OF_CONTAINERS):
        return wrong
    return (
        "begins with requests., which no resource of a container does"
        if not is_native(name) and name.startswith("requests.")
        else ""
    )


def wrong_amount(name: str, node: Node) -> str:
    """What is wrong with the amount of a resource."""
    number = amount(node)
    if number is None or unresolved(node):
        return ""
    if number < 0:
        return "is below zero"
    whole = name in COUNTED or not is_native(name)
    return "is no whole number, and this is counted in pieces" if whole and number % NANO else ""


def of_side(holder: Mapping, side: str) -> Iterator[Violation]:
    """Names and amounts of what a container requests, of its limits, or of what a sandbox takes beside it."""
    for name, node in entries(holder, side):
        if wrong := wrong_container_name(name):
            yield Violation((side, name), f'the resource "{name}" {wrong}', at_key=True)
        elif wrong := wrong_amount(name, node):
            yield Violation((side, name), f"{name} {shown(node)} {wrong}")


def of_container(resources: Mapping, arguments: str) -> Iterator[Violation]:
    """Names and amounts of a container's requests and limits."""
    for side in ("limits", "requests"):
        yield from of_side(resources, side)


def of_pod(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """Resources of a Pod as a whole: which there are, and not less than those of its containers."""
    known = ("cpu", "memory")
    for side in ("limits", "requests"):
        for name, node in entries(spec.get("resources"), side):
            if name not in known and not name.startswith(HUGE):
                yield Violation(
                    ("resources", side, name),
                    f'the resource "{name}" is none of a whole Pod; there are cpu, memory and hugepages-',
                    at_key=True,
                )
            elif wrong := wrong_amount(name, node):
                yield Violation(("resources", side, name), f"{name} {shown(node)} {wrong}")
    for name, node in entries(spec.get("resources"), "limits"):
        most = amount(node)
        for container in items_of(spec, "containers"):
            own = descend(container, "resources", "limits", name)
            number = amount(own)
            if most is not None and number is not None and own is not None and number > most:
                yield Violation(
                    ("resources", "limits", name),
                    f"{name} {shown(node)} of the Pod is below that of a container, {shown(own)}",
                )
    for name, node in entries(spec.get("resources"), "requests"):
        parts = [
            amount(descend(container, "resources", "requests", name)) for container in items_of(spec, "containers")
        ]
        total, own_total = sum(part or 0 for part in parts), amount(node)
        if own_total is not None and total > own_total:
            yield Violation(
                ("resources", "requests", name),
                f"{name} {shown(node)} of the Pod is below what its containers request together",
            )


def no_overcommit(resources: Mapping, arguments: str) -> Iterator[Violation]:
    """Requests above limits; and resources of which none is promised twice: their request and limit are equal."""
    limits = dict(entries(resources, "limits"))
    for name, node in entries(resources, "requests"):
        shared = is_native(name) and not name.startswith(HUGE)
        limit, number = limits.get(name), amount(node)
        if limit is None:
            if not shared and not wrong_container_name(name):
                yield Violation(("requests", name), f"{name} is requested without a limit; it needs one that is equal")
        elif not shared and number is not None and amount(limit) is not None and number != amount(limit):
            yield Violation(
                ("requests", name), f"the request for {name}, {shown(node)}, is not its limit, {shown(limit)}"
            )


def above_limit(resources: Mapping, arguments: str) -> Iterator[Violation]:
    """Requests above limits, of resources that may differ."""
    for name, node in entries(resources, "requests"):
        limit, number = descend(resources, "limits", name), amount(node)
        most = amount(limit)
        if is_native(name) and not name.startswith(HUGE) and number is not None and most is not None and number > most:
            yield Violation(
                ("requests", name),
                f"the request for {name}, {shown(node)}, is above its limit, {shown(limit) if limit else ''}",
            )


def huge_pages(resources: Mapping, arguments: str) -> Iterator[Violation]:
    """Huge pages: beside cpu or memory, in whole pages."""
    names = {name for side in ("limits", "requests") for name, _ in entries(resources, side)}
    if any(name.startswith(HUGE) for name in names) and not names & {"cpu", "memory"}:
        yield Violation((), "huge pages stand without cpu and memory, of which one is needed", at_key=True)
    for side in ("limits", "requests"):
        for name, node in entries(resources, side):
            number = amount(node)
            page = page_size(name)
            if page and number is not None and number >= 0 and number % page:
                yield Violation((side, name), f"{shown(node)} is no multiple of the page size in {name}")


def page_size(name: str) -> int:
    """The size of a huge page in billionths of a byte, 0 for what is none."""
    try:
        return billionths(name.removeprefix(HUGE)) if name.startswith(HUGE) else 0
    except ValueError:
        return 0


def fractional_bytes(resources: Mapping, arguments: str) -> Iterator[Violation]:
    """Parts of a byte: m after memory or storage is nearly always a slip."""
    for side in ("limits", "requests"):
        yield from fractional_map(resources, side)


def fractional_map(holder: Mapping, field: str) -> Iterator[Violation]:
    """The same of a map of amounts."""
    for name, node in entries(holder, field):
        number = amount(node)
        if name in {"memory", "storage", "ephemeral-storage"} and number is not None and number % NANO:
            yield Violation((field, name), f"{name} {shown(node)} is a fraction of a byte; Mi or M is a million")


def fractional_size(holder: Mapping, field: str) -> Iterator[Violation]:
    """The same of one size."""
    node = holder.get(field)
    number = amount(node)
    if node is not None and number is not None and number % NANO:
        yield Violation((field,), f"{field} {shown(node)} is a fraction of a byte; Mi or M is a million")


def of_limits(limit: Mapping, arguments: str) -> Iterator[Violation]:
    """One item of a LimitRange: its names, and that its bounds and defaults are in order."""
    kind = value_at(limit, ("type",))
    for side in ("max", "min", "default", "defaultRequest", "maxLimitRequestRatio"):
        if kind == "Pod" and side.startswith("default"):
            continue
        for name, _ in entries(limit, side):
            wrong = wrong_container_name(name) if kind in {"Pod", "Container"} else wrong_name(name, STANDARD)
            if wrong:
                yield Violation((side, name), f'the resource "{name}" {wrong}', at_key=True)
    for low, high in (("min", "max"), ("min", "defaultRequest"), ("min", "default"), ("defaultRequest", "max"),
                      ("defaultRequest", "default"), ("default", "max")):  # fmt: skip
        if not (kind == "Pod" and "default" in low + high):
            yield from in_order(limit, low, high)
    for name, node in entries(limit, "maxLimitRequestRatio"):
        yield from ratio(limit, name, node)
    if kind != "Pod":
        yield from equal_defaults(limit)


def in_order(limit: Mapping, low: str, high: str) -> Iterator[Violation]:
    """Every resource of one side that is above the same of the other."""
    for name, node in entries(limit, low):
        other = descend(limit, high, name)
        a, b = amount(node), amount(other)
        if other is not None and a is not None and b is not None and a > b:
            where = (high, name) if low == "min" and high != "max" else (low, name)
            yield Violation(where, f"{low} of {name}, {shown(node)}, is above {high}, {shown(other)}")


def ratio(limit: Mapping, name: str, node: Node) -> Iterator[Violation]:
    """The most by which a limit may exceed a request: 1 or more, and within max over min."""
    number = amount(node)
    low, high = amount(descend(limit, "min", name)), amount(descend(limit, "max", name))
    if number is None:
        return
    if number < NANO:
        yield Violation(("maxLimitRequestRatio", name), f"maxLimitRequestRatio of {name}, {shown(node)}, is below 1")
    elif low and high and (low < 0 < high or number * low > high * NANO):
        yield Violation(
            ("maxLimitRequestRatio", name),
            f"maxLimitRequestRatio of {name}, {shown(node)}, is above max divided by min",
        )


def equal_defaults(limit: Mapping) -> Iterator[Violation]:
    """Resources that cannot be overcommitted have one default for both."""
    for name, node in entries(limit, "defaultRequest"):
        other = descend(limit, "default", name)
        shared = is_native(name) and not name.startswith(HUGE)
        a, b = amount(node), amount(other)
        if not shared and other is not None and a is not None and b is not None and a != b:
            yield Violation(
                ("defaultRequest", name), f"defaultRequest of {name}, {shown(node)}, is not its default, {shown(other)}"
            )


def of_quota(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """The resources of a quota."""
    for name, node in entries(spec, "hard"):
        if wrong := wrong_name(name, OF_QUOTAS):
            yield Violation(("hard", name), f'the resource "{name}" {wrong}', at_key=True)
        elif wrong := wrong_amount(name, node):
            yield Violation(("hard", name), f"{name} {shown(node)} {wrong}")


def scopes(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """The scopes of a quota: none that exclude each other, and only resources that they can count."""
    plain = [(("scopes", str(i)), node) for i, node in enumerate(items_of(spec, "scopes"))]
    wanted = items_of(spec, "scopeSelector", "matchExpressions")
    selected = [
        (("scopeSelector", "matchExpressions", str(i), "scopeName"), descend(item, "scopeName"))
        for i, item in enumerate(wanted)
    ]
    for group in (plain, selected):
        names = {scalar_text(node) for _, node in group}
        for steps, node in group:
            text = scalar_text(node)
            if text and text not in SCOPES and not unresolved(node):
                yield Violation(steps, f'"{text}" is no scope; there are {", ".join(SCOPES)}')
            for name, _ in entries(spec, "hard") if text in SCOPES else ():
                if name in OF_QUOTAS and name not in SCOPES[text]:
                    yield Violation(steps, f"the scope {text} cannot count {name}")
        for pair in OPPOSITES:
            if pair <= names:
                yield Violation(group[-1][0], f"the scopes {' and '.join(sorted(pair))} exclude each other")
    for index, item in enumerate(wanted):
        yield from scope_values(item, ("scopeSelector", "matchExpressions", str(index)))


def scope_values(item: Node, where: tuple[str, ...]) -> Iterator[Violation]:
    """The operator and values of one scope."""
    name, operator = value_at(item, ("scopeName",)), value_at(item, ("operator",))
    number = len(items_of(item, "values"))
    if name in ONLY_EXISTS and operator in {"In", "NotIn", "DoesNotExist"}:
        yield Violation((*where, "operator"), f"the scope {name} takes only the operator Exists")
    if operator in {"In", "NotIn"} and not number:
        yield Violation(where, f"the operator {operator} has no values", missing="values")
    elif operator in {"Exists", "DoesNotExist"} and number:
        yield Violation((*where, "values"), f"the operator {operator} has values, and takes none", at_key=True)


def claim_size(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """What a claim requests is more than nothing."""
    node = descend(spec, "resources", "requests", "storage")
    number = amount(node)
    if node is not None and number is not None and number <= 0:
        yield Violation(("resources", "requests", "storage"), f"storage {shown(node)} is not more than zero")


def capacity(spec: Mapping, arguments: str) -> Iterator[Violation]:
    """What a volume offers: storage, and nothing else."""
    for name, node in entries(spec, "capacity"):
        number = amount(node)
        if name != "storage":
            yield Violation(("capacity", name), f'the capacity of a volume is storage, not "{name}"', at_key=True)
        elif number is not None and number <= 0:
            yield Violation(("capacity", name), f"storage {shown(node)} is not more than zero")
