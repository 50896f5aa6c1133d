"""What the functions do that Kubernetes adds to the Common Expression Language.

Source: k8s.io/apiserver, pkg/cel/library. What they make (a quantity, an address, a URL) is a map that says what it is,
so that two of them are equal as they are there. Whatever is no argument of theirs raises ValueError.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import total_ordering
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address, ip_interface
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kexplain.api.formats import fits_format
from kexplain.api.quantity import parse_quantity
from kexplain.syntax.pattern import compiled

Made = dict[str, Any]
LONGEST = 10_000
"""Characters of a text that a pattern is sought in."""
LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
VALUE = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
FORMATS = {
    "dns1123Label": (LABEL, 63),
    "dns1123Subdomain": (rf"{LABEL}(?:\.{LABEL})*", 253),
    "dns1035Label": ("[a-z](?:[-a-z0-9]*[a-z0-9])?", 63),
    "labelValue": (f"(?:{VALUE})?", 63),
    "qualifiedName": (rf"(?:(?=[^/]{{1,253}}/){LABEL}(?:\.{LABEL})*/)?(?=[^/]{{1,63}}$){VALUE}", 317),
}
"""Named formats by their pattern and length; the others are those of string formats."""
PREFIXES = ("dns1123Label", "dns1123Subdomain", "dns1035Label")
PLAIN = ("uri", "uuid", "byte", "date", "datetime")
SEMVER = re.compile(r"(\d{1,18})\.(\d{1,18})\.(\d{1,18})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?", re.ASCII)


def quantity(value: Any) -> Made:
    """A quantity, as the exact number it is."""
    amount = parse_quantity(value)
    return {"quantity": f"{amount.numerator}/{amount.denominator}"}


def amount(value: Any) -> Fraction:
    """The number of a quantity, or of a whole number beside one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, dict) or "quantity" not in value:
        raise ValueError("no quantity")
    return Fraction(value["quantity"])


def made_of(number: Fraction) -> Made:
    """A number as a quantity."""
    return {"quantity": f"{number.numerator}/{number.denominator}"}


def as_integer(value: Made) -> int:
    """The whole number that a quantity is."""
    if amount(value).denominator != 1 or abs(amount(value)) >= 2**63:
        raise ValueError("no whole number of 64 bits")
    return int(amount(value))


def sign(value: Fraction | int) -> int:
    """-1, 0 or 1."""
    return (value > 0) - (value < 0)


def url(text: Any) -> Made:
    """The parts of a URL, as Go's ParseRequestURI reads them: absolute, or an absolute path."""
    if not isinstance(text, str) or not fits_format("uri", text) or re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ValueError("no URL")
    scheme, host, path, query, fragment = urlsplit(text)
    place = host.rpartition("@")[2]
    if not re.fullmatch(r"(?:\[[0-9A-Fa-f:.%a-z]+\]|[^:\[\]\s]*)(?::\d*)?", place):
        raise ValueError("no host and port")
    name, _, port = place.rpartition(":") if re.search(r":\d*$", place) else (place, "", "")
    path, asked = path + (f"#{fragment}" if fragment else ""), parse_qs(query, keep_blank_values=True)
    return {"url": text, "scheme": scheme, "host": place, "hostname": name.strip("[]"), "port": port, "path": path,
            "query": asked}  # fmt: skip


def ip(text: Any) -> Made:
    """An address; none that is an IPv4 one inside of IPv6, or has a zone."""
    if isinstance(text, dict) and "cidr" in text:
        return {"ip": str(interface(text).ip)}
    found = ip_address(text) if isinstance(text, str) and "%" not in text else None
    if found is None or getattr(found, "ipv4_mapped", None) is not None:
        raise ValueError("no address")
    return {"ip": str(found)}


def address(value: Any) -> IPv4Address | IPv6Address:
    """The address that a value is, or writes."""
    return ip_address((value if isinstance(value, dict) else ip(value))["ip"])


def cidr(text: Any) -> Made:
    """A range of addresses."""
    if not isinstance(text, str) or not re.fullmatch(r"[^/%]+/\d{1,3}", text) or re.search(r"/0\d", text):
        raise ValueError("no range of addresses")
    ip(text.partition("/")[0])
    return {"cidr": str(ip_interface(text))}


def interface(value: Any) -> IPv4Interface | IPv6Interface:
    """The range that a value is, or writes."""
    return ip_interface((value if isinstance(value, dict) else cidr(value))["cidr"])


def contains_ip(value: Any, other: Any) -> bool:
    """Whether an address lies in a range."""
    return address(other) in interface(value).network


def contains_cidr(value: Any, other: Any) -> bool:
    """Whether a range lies in another."""
    here, there = interface(value).network, interface(other).network
    return here.version == there.version and here.supernet_of(there)  # type: ignore[arg-type]


def is_global_unicast(found: IPv4Address | IPv6Address) -> bool:
    """As Go has it: one host, and neither itself nor its link."""
    is_none = found.is_unspecified or found.is_loopback or found.is_multicast or found.is_link_local
    return not is_none and str(found) != "255.255.255.255"


def is_local_multicast(found: IPv4Address | IPv6Address) -> bool:
    """A group on this link."""
    return found in ip_interface("224.0.0.0/24" if found.version == 4 else "ff02::/16").network


@total_ordering
class Semantic:
    """A semantic version, ordered by its precedence."""

    def __init__(self, text: Any, *, normalize: bool = False) -> None:
        if normalize and isinstance(text, str):
            number = text.removeprefix("v").partition("-")[0].partition("+")[0]
            parts = [str(int(part)) if part.isdecimal() and len(part) < 19 else part for part in number.split(".")[:4]]
            rest = text.removeprefix("v")[len(number) :]
            text = ".".join([*parts, "0", "0"][: max(3, len(parts))]) + rest
        match = SEMVER.fullmatch(text) if isinstance(text, str) else None
        before = match[4].split(".") if match and match[4] else []
        numbers = [*match.groups()[:3], *filter(str.isdigit, before)] if match else ["00"]
        if match is None or "" in before or any(len(one) > 1 and one[0] == "0" for one in numbers):
            raise ValueError("no semantic version")
        self.text = text
        self.numbers = [int(one) for one in match.groups()[:3]]
        self.before = [(0, int(one), "") if one.isdecimal() and len(one) < 19 else (1, 0, one) for one in before]

    @property
    def rank(self) -> tuple[Any, ...]:
        """What versions are compared by; one that is not released comes before the one it leads to."""
        return self.numbers, not self.before, self.before

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Semantic) and self.rank == other.rank

    def __lt__(self, other: "Semantic") -> bool:
        return self.rank < other.rank

    __hash__ = None  # type: ignore[assignment]


def semver(text: Any, normalize: bool = False) -> Made:
    """A semantic version."""
    return {"semver": Semantic(text, normalize=normalize).text}


def version(value: Made) -> Semantic:
    """The version that a value is."""
    return Semantic(value["semver"])


def named_format(name: Any) -> Made:
    """A format by its name."""
    known = {*FORMATS, *PLAIN, *(f"{one}Prefix" for one in PREFIXES)}
    if name not in known:
        raise ValueError("no such format")
    return {"format": name}


def validate(format_: Made, text: str) -> list[str]:
    """What is wrong with a text of a format; nothing where it is one."""
    name = format_["format"]
    if name in PLAIN:
        return [] if fits_format(name, text) else [f"no {name}"]
    bare = name.removesuffix("Prefix")
    if bare != name and len(text) > 1 and text.endswith("-"):
        text = f"{text[:-1]}a"
    pattern, longest = FORMATS[bare]
    return [] if len(text) <= longest and re.fullmatch(pattern, text, re.ASCII) else [f"no {bare}"]


def found_in(text: str, pattern: str) -> Iterable["re.Match[str]"]:
    """The matches of a pattern, where seeking them takes time in proportion to the text."""
    program = compiled(pattern)
    if program is None or program.loops > 1 or len(text) > LONGEST:
        raise ValueError("a pattern that is not followed here")
    return program.expression.finditer(text)


def find(text: str, pattern: str) -> str:
    """The first match; empty where there is none."""
    return next((match[0] for match in found_in(text, pattern)), "")


def find_all(text: str, pattern: str, most: int = -1) -> list[str]:
    """The matches, at most so many."""
    found = [match[0] for match in found_in(text, pattern)]
    return found if most < 0 else found[:most]


def sorted_already(items: list[Any]) -> bool:
    """Whether each item is no less than the one before."""
    return all(one <= other for one, other in pairwise(items))


def total(items: list[Any]) -> Any:
    """The sum of numbers; the library takes back no duration."""
    return sum(items)


def index_of(items: Any, wanted: Any, start: int = 0) -> int:
    """Where an item or a text begins; -1 where it is not there."""
    if isinstance(items, str):
        if not 0 <= start <= len(items):
            raise ValueError("beyond the text")
        return items.find(wanted, start)
    return next((number for number, item in enumerate(items) if item == wanted), -1)


def last_index_of(items: Any, wanted: Any, end: int | None = None) -> int:
    """Where it begins for the last time, and at the latest; -1 where it is not there."""
    if isinstance(items, str):
        if end is not None and not 0 <= end <= len(items):
            raise ValueError("beyond the text")
        return items.rfind(wanted, 0, len(items) if end is None else end + len(wanted))
    return max((number for number, item in enumerate(items) if item == wanted), default=-1)
