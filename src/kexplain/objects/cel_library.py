"""The functions that Kubernetes adds to the Common Expression Language, as the library that evaluates it wants them.

Source: k8s.io/apiserver, pkg/cel/library.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from kexplain.constraints.cel_pieces import CelError, tokens
from kexplain.objects.cel_values import (
    FORMATS,
    PLAIN,
    PREFIXES,
    address,
    amount,
    as_integer,
    cidr,
    contains_cidr,
    contains_ip,
    find,
    find_all,
    index_of,
    interface,
    ip,
    is_global_unicast,
    is_local_multicast,
    last_index_of,
    made_of,
    named_format,
    quantity,
    semver,
    sign,
    sorted_already,
    total,
    url,
    validate,
    version,
)

Made = dict[str, Any]
RENAMED = {"indexOf": "indexOf_", "lastIndexOf": "lastIndexOf_"}
"""Functions of texts that the library does not let be those of lists too."""
OF_OPTIONALS = frozenset({"hasValue", "value", "orValue"})
"""What follows ``validate(…)``, whose answer can here be no optional."""


def prepared(expression: str) -> str:
    """An expression with names that this library's functions have; itself where it cannot be taken apart."""
    try:
        pieces = tokens(expression)
    except CelError:
        return expression
    found, here, open_ = [], 0, list[bool]()
    after_validate = False
    for index, piece in enumerate(pieces):
        text, before = piece.text, pieces[index - 1].text if index else ""
        is_called = before == "." and [one.text for one in pieces[index + 1 : index + 2]] == ["("]
        if is_called and (text in RENAMED or (text in OF_OPTIONALS and after_validate)):
            end = piece.start + len(text)
            found.append(expression[here : piece.start] + f"{text}_")
            here = end
        if text == "(":
            open_.append(before == "validate")
        after_validate = (text == ")" and bool(open_) and open_.pop()) or (text == "." and after_validate)
    return "".join(found) + expression[here:]


def holds(make: Callable[..., Any]) -> Callable[..., bool]:
    """Whether a function takes its arguments."""

    def test(*arguments: Any) -> bool:
        try:
            make(*arguments)
        except ValueError:
            return False
        return True

    return test


def of_address(judge: Callable[[IPv4Address | IPv6Address], Any]) -> Callable[[Made], Any]:
    """A function of an address."""
    return lambda value: judge(address(value))


def of_both(read: Callable[[Any], Any], judge: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A function of two values that are read first."""
    return lambda one, other: judge(read(one), read(other))


def compare(one: Any, other: Any) -> int:
    """-1, 0 or 1."""
    return int(one > other) - int(one < other)


def amount_or_version(value: Any) -> Any:
    """What is compared: a quantity or a version."""
    return version(value) if isinstance(value, dict) and "semver" in value else amount(value)


G, M, D, B, I, S, L = "global", "member", "dyn", "bool", "int", "string", "list"  # noqa: E741 - columns of a table
FUNCTIONS: list[tuple[str, str, str, str, Callable[..., Any]]] = [
    ("quantity", G, S, D, quantity), ("isQuantity", G, S, B, holds(quantity)),
    ("sign", M, "map", I, lambda q: sign(amount(q))), ("asInteger", M, "map", I, as_integer),
    ("isInteger", M, "map", B, holds(as_integer)),
    ("asApproximateFloat", M, "map", "double", lambda q: float(amount(q))),
    ("add", M, "map map|map int", D, lambda a, b: made_of(amount(a) + amount(b))),
    ("sub", M, "map map|map int", D, lambda a, b: made_of(amount(a) - amount(b))),
    ("isGreaterThan", M, "map map", B, of_both(amount_or_version, lambda a, b: a > b)),
    ("isLessThan", M, "map map", B, of_both(amount_or_version, lambda a, b: a < b)),
    ("compareTo", M, "map map", I, of_both(amount_or_version, compare)),
    ("url", G, S, D, url), ("isURL", G, S, B, holds(url)),
    ("getScheme", M, "map", S, lambda u: u["scheme"]), ("getHost", M, "map", S, lambda u: u["host"]),
    ("getHostname", M, "map", S, lambda u: u["hostname"]), ("getPort", M, "map", S, lambda u: u["port"]),
    ("getEscapedPath", M, "map", S, lambda u: u["path"]), ("getQuery", M, "map", D, lambda u: u["query"]),
    ("ip", G, S, D, ip), ("ip", M, "map", D, ip), ("isIP", G, S, B, holds(ip)),
    ("ip.isCanonical", G, S, B, lambda text: ip(text)["ip"] == text),
    ("family", M, "map", I, of_address(lambda a: a.version)),
    ("isUnspecified", M, "map", B, of_address(lambda a: a.is_unspecified)),
    ("isLoopback", M, "map", B, of_address(lambda a: a.is_loopback)),
    ("isLinkLocalMulticast", M, "map", B, of_address(is_local_multicast)),
    ("isLinkLocalUnicast", M, "map", B, of_address(lambda a: a.is_link_local)),
    ("isGlobalUnicast", M, "map", B, of_address(is_global_unicast)),
    ("cidr", G, S, D, cidr), ("isCIDR", G, S, B, holds(cidr)),
    ("containsIP", M, "map map|map string", B, contains_ip),
    ("containsCIDR", M, "map map|map string", B, contains_cidr),
    ("masked", M, "map", D, lambda c: {"cidr": str(interface(c).network)}),
    ("prefixLength", M, "map", I, lambda c: interface(c).network.prefixlen),
    ("semver", G, "string|string bool", D, semver),
    ("isSemver", G, "string|string bool", B, holds(semver)),
    ("major", M, "map", I, lambda v: version(v).numbers[0]), ("minor", M, "map", I, lambda v: version(v).numbers[1]),
    ("patch", M, "map", I, lambda v: version(v).numbers[2]),
    *((f"format.{name}", G, "", D, lambda name=name: named_format(name))
      for name in (*FORMATS, *PLAIN, *(f"{one}Prefix" for one in PREFIXES))),
    ("validate", M, "map string", L, validate), ("hasValue_", M, L, B, bool), ("value_", M, L, L, lambda found: found),
    ("orValue_", M, "list list", L, lambda found, other: found or other),
    ("find", M, "string string", S, find), ("findAll", M, "string string|string string int", L, find_all),
    ("isSorted", M, L, B, sorted_already), ("sum", M, L, D, total), ("min", M, L, D, min), ("max", M, L, D, max),
    ("indexOf_", M, "string string|string string int|list any", I, index_of),
    ("lastIndexOf_", M, "string string|string string int|list any", I, last_index_of),
    ("sets.contains", G, "list list", B, lambda a, b: all(one in a for one in b)),
    ("sets.equivalent", G, "list list", B, lambda a, b: all(x in a for x in b) and all(x in b for x in a)),
    ("sets.intersects", G, "list list", B, lambda a, b: any(one in a for one in b)),
]  # fmt: skip
"""Each function: its name, whether it hangs on its first argument, what it takes (``|``: or), what it gives."""


def declared(cel: Any) -> list[Any]:
    """The functions as the library wants them; a parameter of any kind is one of each."""
    kinds = {B: cel.Type.BOOL, I: cel.Type.INT, S: cel.Type.STRING, L: cel.Type.List(cel.Type.DYN),
             "map": cel.Type.Map(cel.Type.DYN, cel.Type.DYN), "double": cel.Type.DOUBLE}  # fmt: skip
    overloads: dict[str, list[Any]] = {}
    for name, how, takes, gives, run in FUNCTIONS:
        found = overloads.setdefault(name, [])
        for way in ways(takes, kinds):
            result = cel.Type.DYN if gives == D else kinds[gives]
            found.append(
                cel.Overload(f"{name}_{how}_{'_'.join(way)}", result, [kinds[one] for one in way], how == M, run)
            )
    return [cel.FunctionDecl(name, found) for name, found in overloads.items()]


def ways(takes: str, kinds: Iterable[str]) -> Iterable[list[str]]:
    """The lists of kinds that a function takes."""
    for way in takes.split("|"):
        yield from (
            [one if word == "any" else word for word in way.split()] for one in (kinds if "any" in way else [""])
        )
