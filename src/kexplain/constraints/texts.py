"""Formats of other texts: paths, expressions, versions. Each says what is wrong with a text; "" where nothing is.

Source: pkg/apis/core/validation and the validation of the other groups, as of Kubernetes 1.37.
"""

import re

from kexplain.constraints import addresses
from kexplain.constraints.cel_pieces import RESERVED
from kexplain.constraints.names import (
    SUBDOMAIN,
    Format,
    dns_label_1035,
    dns_subdomain,
    fits,
    long_subdomain,
    qualified_name,
    too_long,
)


def absolute_path(text: str) -> str:
    """A path from the root."""
    return "" if text.startswith("/") else "does not begin with /"


def relative_path(text: str) -> str:
    """A path below something, that does not climb out."""
    if text.startswith("/"):
        return "begins with /; it is a path below the volume"
    return no_backsteps(text)


def no_backsteps(text: str) -> str:
    """A path without ``..``."""
    return "holds .., which would lead out of the volume" if ".." in text.split("/") else ""


def local_path(text: str) -> str:
    """A relative path whose first part does not begin with ``..``: a file in a volume."""
    if wrong := relative_path(text):
        return wrong
    return "begins with .., which the kubelet uses itself" if text.startswith("..") else ""


def no_spaces_around(text: str) -> str:
    """A text without white space at its ends: an image."""
    return "begins or ends with white space" if text.strip() != text else ""


def no_colon(text: str) -> str:
    """A path that can stand in the short form of a mount."""
    return "holds :, which a path here may not" if ":" in text else ""


def regular_expression(text: str) -> str:
    """A pattern of Go's syntax (RE2): no lookaround, no back references."""
    if re.search(r"(?<!\\)\((?:\?[=!]|\?<[=!])", text):
        return "looks around, which the pattern syntax of Go (RE2) cannot"
    if re.search(r"(?<!\\)(?:\\\\)*\\[1-9]", text):
        return "refers back to a group, which the pattern syntax of Go (RE2) cannot"
    from warnings import catch_warnings, simplefilter

    from kexplain.words import regex_mistake

    python = re.sub(r"\[\[:(\^?)(\w+):\]\]|\\[pP](?:\{\^?\w+\}|\w)|\\z|\\Q.*?\\E", "x", text).replace("(?<", "(?P<")
    with catch_warnings():
        simplefilter("ignore", FutureWarning)  # of sets in sets, which Go does not have
        mistake = regex_mistake(re.sub(r"\[:\^?\w+:\]", "a-z", python))
    return "is no regular expression" if mistake else ""


def micro_time(text: str) -> str:
    """A time with six decimals; what is no time at all is told by its type."""
    wrong = fits(r"[^.,]*T[0-9:]+(?:[.,](?:[0-9]{0,5}|[0-9]{7,}))?(?:Z|[+-][0-9:]+)", text)
    return "needs six decimals of a second, as in 2026-01-31T12:00:00.000000Z" if wrong else ""


def uuid(text: str) -> str:
    """A UUID."""
    return "" if fits(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) else "is no UUID in lower case"


def header_name(text: str) -> str:
    """The name of an HTTP header."""
    return "" if fits("[-A-Za-z0-9]+", text) else "may hold only letters, digits and -"


def sysctl_name(text: str) -> str:
    """The name of a kernel parameter, with dots or slashes between its parts."""
    part = "[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
    if len(text) > SUBDOMAIN:
        return too_long(text, SUBDOMAIN)
    return "" if fits(rf"(?:{part}[./])*{part}", text) else "is no kernel parameter, such as net.core.somaxconn"


def iscsi_name(text: str) -> str:
    """The name of an iSCSI target or initiator."""
    forms = (
        r"iqn\.\d{4}-\d{2}\.([a-zA-Z0-9][a-zA-Z0-9-]*\.)*[a-zA-Z0-9]+(:[^,;*&$|\s]+)?",
        r"eui\.[a-zA-Z0-9]{16}",
        r"naa\.[a-zA-Z0-9]{32}",
    )
    return "" if any(fits(form, text) for form in forms) else "is no iSCSI name (iqn., eui. or naa.)"


def host_ports(text: str) -> str:
    """Hosts with a port, commas between them."""
    good = all(fits(r"(?:\[[^\]]*\]|[^:]*):[^:]*", part) for part in text.split(","))
    return "" if good else "is no host:port, or several with commas between them"


def no_slash(text: str) -> str:
    """A name without a slash."""
    return "holds /" if "/" in text else ""


def unreserved_key(text: str) -> str:
    """A key outside of the domains of Kubernetes."""
    domain = "." + text.partition("/")[0].lower()
    return "is of kubernetes.io or k8s.io, which are reserved" if domain.endswith((".kubernetes.io", ".k8s.io")) else ""


def signer_name(text: str) -> str:
    """A signer: a domain with at least two parts, a slash, and a path of names."""
    domain, slash, path = text.partition("/")
    if not slash or "/" in path or not path:
        return "is no signer: a domain, one slash and a name"
    if "." not in domain or long_subdomain(domain):
        return "begins with what is no domain of at least two parts"
    if len(text) > 571:
        return too_long(text, 571)
    return (
        ""
        if fits(r"[a-z0-9A-Z](?:[-a-z0-9A-Z_.]*[a-z0-9A-Z])?", path)
        else "has a name after the slash that may not stand there"
    )


def windows_user(text: str) -> str:
    """A user of Windows, perhaps with a domain and a backslash before it."""
    *domain, user = text.split("\\")
    if len(domain) > 1 or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        return "holds control characters or more than one backslash"
    if domain and not (
        fits(r'[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}', domain[0]) or fits(r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,254}", domain[0])
    ):
        return "has a domain that is none"
    if not user or len(user) > 104 or fits(r"[. ]+", user) or set(user) & set('"/\\:;|=,+*?<>@[]'):
        return "has a user name that Windows does not know"
    return ""


def clean_path(text: str) -> str:
    """The path of a request without what stands for something else."""
    for part in ("//", "/./", "/../", "%2f", "%2F"):
        if part in text:
            return f"holds {part}"
    return next((f"ends with {end}" for end in ("/..", "/.") if text.endswith(end)), "")


def cluster_ip(text: str) -> str:
    """The address of a Service, or None for none."""
    if text == "None":
        return ""
    return "is not None; case counts" if text.lower() == "none" else addresses.ip(text)


def service_ip(text: str) -> str:
    """The same, where the address is one that a Service can have."""
    return cluster_ip(text) or ("" if text == "None" else addresses.public_ip(text))


def dot_path(text: str) -> str:
    """A simple path into an object."""
    return "" if text.startswith(".") else "does not begin with a dot, as in .spec.replicas"


def api_version(text: str) -> str:
    """A version, before it perhaps a group and a slash."""
    group, _, version = text.rpartition("/")
    return "is no apiVersion: version or group/version" if "/" in group or not version else ""


def group_version(text: str) -> str:
    """A version with at most one slash before it."""
    return "is no apiVersion: version or group/version" if text.count("/") > 1 else ""


def decimal_integer(text: str) -> str:
    """A whole number of 64 bits in decimal digits."""
    good = fits("-?[1-9][0-9]*|0", text) and -(2**63) <= int(text[:30]) < 2**63
    return "" if good else "is no whole number"


def one_of(*known: str) -> Format:
    """One of a few texts, or a key with a domain."""
    return lambda text: (
        qualified_name(text)
        or (
            ""
            if "/" in text or text in known
            else f"is neither {' nor '.join(known)}, nor a name with a domain before a slash"
        )
    )


def finalizer(text: str) -> str:
    """A finalizer: one of Kubernetes itself, or a name with a domain before a slash."""
    return one_of("kubernetes", "orphan", "foregroundDeletion")(text)


def limit_type(text: str) -> str:
    """What a LimitRange bounds."""
    return one_of("Pod", "Container", "PersistentVolumeClaim")(text)


def lease_strategy(text: str) -> str:
    """How the holder of a lease is chosen."""
    if text == "OldestEmulationVersion":
        return ""
    return qualified_name(text) or (
        "" if "/" in text else "is neither OldestEmulationVersion nor a name with a domain before a slash"
    )


def qualified_domain(text: str) -> str:
    """A domain of at least three parts: the name of a webhook."""
    return dns_subdomain(text) or (
        "" if text.count(".") >= 2 else "has fewer than three parts, as in check.example.com"
    )


def dotted_domain(text: str) -> str:
    """A domain of at least two parts: an API group."""
    return dns_subdomain(text) or ("" if "." in text else "is no domain: it has no dot")


def webhook_path(text: str) -> str:
    """The path at which a Service is called."""
    if not text.startswith("/"):
        return "does not begin with /"
    if text == "/":
        return ""
    parts = text[1:].removesuffix("/").split("/")
    return next(
        (
            f'has the part "{part}", which {wrong.partition(";")[0]}'
            for part in parts
            if (wrong := dns_subdomain(part) if part else "is empty")
        ),
        "",
    )


def strict_api_version(text: str) -> str:
    """A version, before it perhaps a group, both well-formed."""
    group, slash, version = text.rpartition("/")
    if "/" in group or not version or (slash and dns_subdomain(group)):
        return "is no apiVersion: version or group/version"
    return dns_label_1035(version)


def kind_name(text: str) -> str:
    """The name of a kind: a DNS label, whatever its case."""
    return dns_label_1035(text.lower())


def cel_identifier(text: str) -> str:
    """The name of a variable in CEL."""
    if text in RESERVED or text in {"true", "false", "null", "in"}:
        return "is a word that CEL keeps for itself"
    return "" if fits("[_a-zA-Z][_a-zA-Z0-9]*", text) else "may hold only letters, digits and _, and no digit first"


def not_blank(text: str) -> str:
    """A text that is more than white space."""
    return "" if text.strip() else "is only white space"


def one_line(text: str) -> str:
    """A text of one line, more than white space."""
    return not_blank(text) or ("holds a line break" if re.search("[\n\r]", text.strip()) else "")


def printable(text: str) -> str:
    """A text without control characters."""
    return "" if text.isprintable() else "holds characters that cannot be printed"


def star_or(format_: Format) -> Format:
    """``*``, or a text of another format."""
    return lambda text: "" if text == "*" else format_(text)


def non_resource_url(text: str) -> str:
    """A path of the API server that is no resource, ``*`` perhaps at its end."""
    if text in {"/", "*"}:
        return ""
    if not text.startswith("/"):
        return "does not begin with /"
    if " " in text or "//" in text:
        return "holds a space or //"
    return "holds * elsewhere than as its last part" if "*" in text.removesuffix("/*") else ""


def device_key(text: str) -> str:
    """A name of an attribute of a device: an identifier, before it perhaps a domain and a slash."""
    *domain, name = text.split("/")
    if len(domain) > 1 or (domain and (dns_subdomain(domain[0]) or len(domain[0]) > 63)):
        return "has a domain before the slash that is none of at most 63 characters"
    if len(name) > 32:
        return too_long(name, 32)
    return (
        ""
        if fits("[A-Za-z_][A-Za-z0-9_]*", name)
        else "may hold only letters, digits and _ in its name, and no digit first"
    )


def attribute_name(text: str) -> str:
    """The same with a domain."""
    return device_key(text) or ("" if "/" in text else "has no domain before a slash")


def extended_resource(text: str) -> str:
    """A resource of somebody's domain."""
    if "/" not in text or "kubernetes.io/" in text or text.startswith("requests."):
        return "is no resource of a domain, such as example.com/gpu"
    return qualified_name(text)


def lower_driver(text: str) -> str:
    """The name of a driver: a DNS name of at most 63 characters."""
    return too_long(text, 63) or dns_subdomain(text)


def semantic_version(text: str) -> str:
    """A version of Semantic Versioning 2."""
    number = "(?:0|[1-9][0-9]*)"
    pre = rf"(?:{number}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
    good = fits(
        rf"{number}[.]{number}[.]{number}(?:-{pre}(?:[.]{pre})*)?(?:[+][0-9a-zA-Z-]+(?:[.][0-9a-zA-Z-]+)*)?", text
    )
    return "" if good else "is no version such as 1.2.3"


def selector_path(text: str) -> str:
    """A path below .spec or .status."""
    return "" if text.startswith((".spec.", ".status.")) else "is no path below .spec or .status"


def wildcard_subdomain(text: str) -> str:
    """A subdomain, its first part perhaps ``*``; no address."""
    if addresses.is_ip(text):
        return "is an address; a host is a DNS name"
    if "://" in text:
        return "is a URL; a host has no scheme and no path"
    if fits(r".+:\d+", text):
        return "holds a port; a host is a DNS name alone"
    if text == "*":
        return "stands for every host; leave the field out, or write *.example.com"
    if text.startswith("*.") and text[2:]:
        return dns_subdomain(text[2:])
    return dns_subdomain(text)


def tls_host(text: str) -> str:
    """A subdomain, its first part perhaps ``*``."""
    return (
        dns_subdomain(text[2:])
        if text.startswith("*.") and text[2:]
        else wildcard_subdomain(text)
        if "*" in text or "/" in text
        else dns_subdomain(text)
    )
