"""The formats of strings that the API server checks in custom objects, and what each is in words.

Source: github.com/go-openapi/strfmt as k8s.io/apiextensions-apiserver registers it. A format that is not here is not
checked by the server; one whose rule is loose or unclear is here without a test.
"""

import re
from collections.abc import Callable

LABEL = "[A-Za-z0-9_](?:[-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?"
WORD = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
FORMATS = {
    "bsonobjectid": "a BSON object id",
    "uri": "an absolute URI",
    "hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "cidr": "an address range such as 10.0.0.0/8",
    "mac": "a MAC address",
    "uuid": "a UUID",
    "uuid3": "a UUID of version 3",
    "uuid4": "a UUID of version 4",
    "uuid5": "a UUID of version 5",
    "hexcolor": "a colour such as #ff8800",
    "date": "a date such as 2027-01-31",
    "date-time": "a time such as 2027-01-31T12:00:00Z",
    "datetime": "a time such as 2027-01-31T12:00:00Z",
    "duration": "a duration such as 1h30m",
    "byte": "base64",
    "k8s-short-name": "a name of small letters, digits and dashes, at most 63 characters",
    "k8s-long-name": "a name of small letters, digits, dashes and dots, at most 253 characters",
}
PATTERNS = {
    "bsonobjectid": r"[0-9a-fA-F]{24}",
    "hostname": rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*\.?",
    "mac": r"[0-9A-Fa-f]{2}(?:[:.-][0-9A-Fa-f]{2}){5,19}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2,9}",
    "uuid": r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}",
    "uuid3": r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?3[0-9A-Fa-f]{3}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}",
    "uuid4": r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?4[0-9A-Fa-f]{3}-?[89ABab][0-9A-Fa-f]{3}-?[0-9A-Fa-f]{12}",
    "uuid5": r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?5[0-9A-Fa-f]{3}-?[89ABab][0-9A-Fa-f]{3}-?[0-9A-Fa-f]{12}",
    "hexcolor": r"#?(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})",
    "date": r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    "date-time": r"\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?:[Tt ][0-2]\d:[0-5]\d:[0-6]\d(?:[.,]\d+)?"
                 r"(?:[Zz]|[+-][0-2]\d:?[0-5]\d)?)?",
    "duration": r"[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)"
                r"|(?:\d+\s*(?:ns|nanos?|us|µs|micros?|ms|millis?|s|secs?|m|mins?|h|hrs?|hours?|d|days?|w|wks?|weeks?)"
                r"[a-z]*\s*)+",
    "byte": r"(?:[A-Za-z0-9+/\s]|[A-Za-z0-9_-])*={0,2}\s*",
    "k8s-short-name": r"(?=.{1,63}$)" + WORD,
    "k8s-long-name": rf"(?=.{{1,253}}$){WORD}(?:\.{WORD})*",
}  # fmt: skip
PATTERNS["datetime"] = PATTERNS["date-time"]
LONGEST = 1000
"""Longer texts are not held against a format: the patterns here take time for each character."""


def fits_format(name: str, value: str) -> bool:
    """Whether a text has a format; true for a format that is not checked."""
    if name not in FORMATS or len(value) > LONGEST:
        return True
    judge = JUDGES.get(name)
    return judge(value) if judge else re.fullmatch(PATTERNS[name], value, re.ASCII) is not None


def is_uri(value: str) -> bool:
    """Go's url.ParseRequestURI: an absolute URI, or an absolute path."""
    head = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", value)
    return (bool(head) or value.startswith("/")) and not re.search(r"[\x00-\x20\x7f]", value)


def is_address(version: int) -> Callable[[str], bool]:
    """A test for addresses of one version."""

    def judge(value: str) -> bool:
        from ipaddress import AddressValueError, IPv4Address, IPv6Address

        try:
            (IPv4Address if version == 4 else IPv6Address)(value.partition("%")[0] if version == 6 else value)
        except AddressValueError:
            return False
        return True

    return judge


def is_cidr(value: str) -> bool:
    """An address and the length of its prefix; host bits may be set."""
    from ipaddress import ip_interface

    try:
        return "/" in value and value.rpartition("/")[2].isdecimal() and bool(ip_interface(value))
    except ValueError:
        return False


JUDGES: dict[str, Callable[[str], bool]] = {
    "uri": is_uri, "ipv4": is_address(4), "ipv6": is_address(6), "cidr": is_cidr,
}  # fmt: skip
