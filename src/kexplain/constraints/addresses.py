"""Formats of addresses: IPs, ranges of them, URLs. Each says what is wrong with a text; "" where nothing is."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

    Address = IPv4Address | IPv6Address
    Network = IPv4Network | IPv6Network

NO_IP = "is no IP address, such as 10.9.8.7 or 2001:db8::1"
NO_CIDR = "is no range of addresses, such as 10.0.0.0/8"


def unpadded(text: str) -> str:
    """An address without the zeros that stand before the digits of IPv4 parts."""
    return re.sub(r"(?<![\da-fA-F:])0+(?=\d+(?:\.|$|/))", "", text) if "." in text else text


def address(text: str) -> "Address | None":
    """The address that a text is, leading zeros allowed; None for none."""
    import ipaddress

    try:
        return None if "%" in text or "/" in text else ipaddress.ip_address(unpadded(text))
    except ValueError:
        return None


def network(text: str) -> "Network | None":
    """The range of addresses that a text is, leading zeros and set host bits allowed; None for none."""
    import ipaddress

    base, slash, length = text.partition("/")
    if not slash or not length.isascii() or not length.isdigit() or "%" in base:
        return None
    try:
        return ipaddress.ip_network(f"{unpadded(base)}/{int(length)}", strict=False)
    except ValueError:
        return None


def is_ip(text: str) -> bool:
    """Whether a text is an address."""
    return address(text) is not None


def is_mapped(text: str) -> bool:
    """Whether a text is IPv4 in the dress of IPv6."""
    found = address(text.partition("/")[0])
    return getattr(found, "ipv4_mapped", None) is not None


def loose_ip(text: str) -> str:
    """An address as API servers before 1.36 take it: leading zeros and IPv4 inside IPv6 as well."""
    if is_ip(text):
        return ""
    return f"{NO_IP}; it is a range of addresses" if network(text) else NO_IP


def ip(text: str) -> str:
    """An address as API servers take it since 1.36."""
    if wrong := loose_ip(text):
        return wrong
    if unpadded(text) != text:
        return f"has a part with zeros before it; {unpadded(text)} would be right"
    return "is an IPv4 address written as IPv6; write it as IPv4" if is_mapped(text) else ""


def canonical_ip(text: str) -> str:
    """An address in its shortest form."""
    return ip(text) or not_canonical(text, str(address(text)))


def ipv4(text: str) -> str:
    """An IPv4 address."""
    return ip(text) or ("is an IPv6 address" if ":" in text else "")


def ipv6(text: str) -> str:
    """An IPv6 address in its shortest form."""
    return canonical_ip(text) or ("" if ":" in text else "is an IPv4 address")


def not_canonical(text: str, shortest: str) -> str:
    """What is wrong with a text that is not in its shortest form."""
    return "" if text == shortest else f"is not in its shortest form, {shortest}"


def public_ip(text: str) -> str:
    """An address that an endpoint may have."""
    found = address(text)
    if found is None:
        return NO_IP
    if found.is_unspecified:
        return "stands for every address, so it is none of an endpoint"
    if found.is_loopback:
        return "is a loopback address, which means another machine to everyone"
    link_multicast = found.is_multicast and (str(found).startswith("224.0.0.") or str(found).startswith("ff02:"))
    return "is an address of the local link" if found.is_link_local or link_multicast else ""


def loose_cidr(text: str) -> str:
    """A range as API servers before 1.36 take it."""
    if network(text):
        return ""
    found = address(text)
    return f"has no /length; {text}/{found.max_prefixlen} would be this one address" if found else NO_CIDR


def cidr(text: str) -> str:
    """A range as API servers take it since 1.36."""
    if wrong := loose_cidr(text):
        return wrong
    base, _, length = text.partition("/")
    if unpadded(base) != base or str(int(length)) != length:
        return "has a part with zeros before it"
    if is_mapped(text):
        return "is a range of IPv4 written as IPv6"
    found = network(text)
    if found and address(base) != found.network_address:
        return f"names an address inside the range; {found} would be the range"
    return ""


def canonical_cidr(text: str) -> str:
    """A range in its shortest form."""
    return cidr(text) or not_canonical(text, str(network(text)))


def https_url(text: str) -> str:
    """The URL of a webhook."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "is no URL, such as https://host/path"
    if parts.scheme != "https":
        return "does not begin with https://, the only scheme that is allowed"
    if not parts.netloc or not parts.hostname:
        return "names no host"
    if parts.username is not None or parts.password is not None:
        return "holds a user, which no URL here may"
    if parts.query or parts.fragment:
        return "holds a query or a fragment, which no URL here may"
    return ""
