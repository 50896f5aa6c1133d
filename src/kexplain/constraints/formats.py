"""Formats of strings: names, addresses, paths, expressions. Each says what is wrong with a text; "" where nothing is.

Source: k8s.io/apimachinery/pkg/util/validation and pkg/apis/core/validation, as of Kubernetes 1.37.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from kexplain.constraints import addresses, schedules

Format = Callable[[str], str]
LABEL, SUBDOMAIN, KEY = 63, 253, 63
"""Longest DNS label, longest DNS subdomain, longest name part of a key."""
LABEL_RE = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
SUBDOMAIN_RE = rf"{LABEL_RE}(?:\.{LABEL_RE})*"
VALUE_RE = r"[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?"
IN_LABEL = "lower-case letters, digits and -"
IN_SUBDOMAIN = "lower-case letters, digits, - and ."


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when it is first asked for."""
    return re.compile(pattern)


def fits(pattern: str, text: str) -> bool:
    """Whether a whole text is of a pattern."""
    return compiled(pattern).fullmatch(text) is not None


def too_long(text: str, most: int) -> str:
    """What is wrong with a text of more characters than it may have."""
    return f"has {len(text)} characters, {most} are allowed" if len(text) > most else ""


def instead(text: str, good: str) -> str:
    """The name that was probably meant, as the end of a sentence; nothing where none can be made of it."""
    return f"; {good} would be right" if good and good != text else ""


def dashed(text: str, allowed: str) -> str:
    """A text in lower case with - for what is not allowed."""
    return re.sub("-+", "-", re.sub(rf"[^{allowed}]", "-", text.lower())).strip("-.")


def dns_label(text: str) -> str:
    """RFC 1123 label: of Services' Pods, Namespaces, containers, volumes, host names."""
    if fits(LABEL_RE, text):
        return too_long(text, LABEL)
    return f"may hold only {IN_LABEL}, with a letter or digit at both ends{instead(text, dashed(text, 'a-z0-9-'))}"


def dns_label_1035(text: str) -> str:
    """RFC 1035 label: the same, but it begins with a letter."""
    if fits(r"[a-z](?:[-a-z0-9]*[a-z0-9])?", text):
        return too_long(text, LABEL)
    good = dashed(text, "a-z0-9-")
    good = good if good[:1].isalpha() else ""
    return f"may hold only {IN_LABEL}, with a letter first and no - at the end{instead(text, good)}"


def dns_subdomain(text: str) -> str:
    """RFC 1123 subdomain: most names of objects."""
    if fits(SUBDOMAIN_RE, text):
        return too_long(text, SUBDOMAIN)
    good = ".".join(filter(None, (dashed(part, "a-z0-9-") for part in text.split("."))))
    return f"may hold only {IN_SUBDOMAIN}, with a letter or digit at both ends of each part{instead(text, good)}"


def dns_subdomain_underscore(text: str) -> str:
    """A subdomain that may hold _: DNS search domains."""
    part = "[a-z0-9_](?:[-_a-z0-9]*[a-z0-9_])?"
    if fits(rf"{part}(?:\.{part})*", text):
        return too_long(text, SUBDOMAIN)
    return f"may hold only {IN_SUBDOMAIN} and _"


def long_subdomain(text: str) -> str:
    """A subdomain whose parts are DNS labels, each of at most 63 characters."""
    return dns_subdomain(text) or next(filter(None, map(dns_label, text.split("."))), "")


def long_names(longest: int) -> Format:
    """A DNS subdomain that leaves room for a suffix."""
    return lambda text: dns_subdomain(text) or too_long(text, longest)


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


def path_segment(text: str) -> str:
    """What may stand between two slashes of a URL: names in RBAC and of other kinds without a closer rule."""
    if text in {".", ".."}:
        return "is no name: . and .. are not allowed"
    held = [sign for sign in "/%" if sign in text]
    return f"holds {' and '.join(held)}, which no name of this kind may" if held else ""


def qualified_name(text: str) -> str:
    """A key: a name, before it perhaps a DNS subdomain and a slash."""
    *prefix, name = text.split("/")
    if len(prefix) > 1:
        return "holds more than one slash; a key is name or prefix/name"
    if prefix and (not prefix[0] or dns_subdomain(prefix[0])):
        return f"has a prefix before the slash that is no DNS name ({IN_SUBDOMAIN})"
    if not name:
        return "has no name" + (" after the slash" if prefix else "")
    if not fits(VALUE_RE, name):
        return "may hold only letters, digits, -, _ and . in its name, with a letter or digit at both ends"
    return "" if len(name) <= KEY else f"has a name of {len(name)} characters, {KEY} are allowed"


def qualified_lower_name(text: str) -> str:
    """A key whose upper case letters do not count: annotations."""
    return qualified_name(text.lower())


def domain_prefixed(text: str) -> str:
    """A key that must have a prefix: controllers, finalizers, drivers."""
    prefix, slash, path = text.partition("/")
    if not slash or not prefix or not path:
        return "has no domain before a slash, as in example.com/name"
    if dns_subdomain(prefix):
        return f"has a prefix before the slash that is no DNS name ({IN_SUBDOMAIN})"
    return "" if fits(r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+", path) else "holds signs after the slash that no path may"


def label_value(text: str) -> str:
    """The value of a label."""
    if not text or fits(VALUE_RE, text):
        return too_long(text, LABEL)
    return "may hold only letters, digits, -, _ and ., with a letter or digit at both ends"


def env_name(text: str) -> str:
    """The name of an environment variable: printable ASCII without ``=`` (since 1.34 by default)."""
    if not text.isascii() or not text.isprintable():
        return "may hold only printable ASCII characters"
    return "holds =, which ends the name of a variable" if "=" in text else ""


def strict_env_name(text: str) -> str:
    """The same before: letters, digits, -, _ and ., no digit first."""
    if fits(r"[-._a-zA-Z][-._a-zA-Z0-9]*", text) and text not in {".", ".."} and not text.startswith(".."):
        return ""
    return "may hold only letters, digits, -, _ and ., no digit first, and not begin with .."


def c_identifier(text: str) -> str:
    """An identifier as in C."""
    return "" if fits(r"[A-Za-z_][A-Za-z0-9_]*", text) else "may hold only letters, digits and _, and no digit first"


def port_name(text: str) -> str:
    """The name of a container port (IANA service name)."""
    if len(text) > 15:
        return too_long(text, 15)
    if not fits("[-a-z0-9]+", text):
        return "may hold only lower-case letters, digits and -"
    if not fits(".*[a-z].*", text):
        return "needs a letter; a number is written without quotes" if text.isdigit() else "needs a letter"
    return "has - at an end or twice in a row" if "--" in text or text[0] == "-" or text[-1] == "-" else ""


def config_key(text: str) -> str:
    """A key of a ConfigMap or Secret: it becomes the name of a file."""
    if len(text) > SUBDOMAIN:
        return too_long(text, SUBDOMAIN)
    if not fits("[-._a-zA-Z0-9]+", text):
        return "may hold only letters, digits, -, _ and ."
    return "is no name of a file: . and .. and what begins with .. are not allowed" if text.startswith("..") or text == "." else ""


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
    from kexplain.words import regex_mistake

    python = re.sub(r"\[\[:(\^?)(\w+):\]\]|\\[pP](?:\{\^?\w+\}|\w)|\\z|\\Q.*?\\E", "x", text).replace("(?<", "(?P<")
    return "is no regular expression" if regex_mistake(re.sub(r"\[:\^?\w+:\]", "a-z", python)) else ""


def uuid(text: str) -> str:
    """A UUID."""
    return "" if fits(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) else "is no UUID in lower case"


def no_dot_name(text: str) -> str:
    """Anything but ``.`` and ``..``, without slashes."""
    return path_segment(text)


def csi_driver(text: str) -> str:
    """The name of a CSI driver: a DNS name of at most 63 characters, whatever its case."""
    return too_long(text, LABEL) or dns_subdomain(text.lower())


def pool_name(text: str) -> str:
    """DNS subdomains with slashes between them."""
    wrong = (dns_subdomain(part) if part else "has an empty part between slashes" for part in text.split("/"))
    return too_long(text, SUBDOMAIN) or next(filter(None, wrong), "")


def header_name(text: str) -> str:
    """The name of an HTTP header."""
    return "" if fits("[-A-Za-z0-9]+", text) else "may hold only letters, digits and -"


def sysctl_name(text: str) -> str:
    """The name of a kernel parameter, with dots or slashes between its parts."""
    part = "[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
    if len(text) > SUBDOMAIN:
        return too_long(text, SUBDOMAIN)
    return "" if fits(rf"(?:{part}[./])*{part}", text) else "is no kernel parameter, such as net.core.somaxconn"


def search_domain(text: str) -> str:
    """A search domain of DNS: a subdomain, perhaps with a dot at its end, or the dot alone."""
    return "" if text == "." else dns_subdomain_underscore(text.removesuffix("."))


def iscsi_name(text: str) -> str:
    """The name of an iSCSI target or initiator."""
    forms = (r"iqn\.\d{4}-\d{2}\.([a-zA-Z0-9][a-zA-Z0-9-]*\.)*[a-zA-Z0-9]+(:[^,;*&$|\s]+)?", r"eui\.[a-zA-Z0-9]{16}", r"naa\.[a-zA-Z0-9]{32}")
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
    return "" if fits(r"[a-z0-9A-Z](?:[-a-z0-9A-Z_.]*[a-z0-9A-Z])?", path) else "has a name after the slash that may not stand there"


def windows_user(text: str) -> str:
    """A user of Windows, perhaps with a domain and a backslash before it."""
    *domain, user = text.split("\\")
    if len(domain) > 1 or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        return "holds control characters or more than one backslash"
    if domain and not (fits(r'[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}', domain[0]) or fits(r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,254}", domain[0])):
        return "has a domain that is none"
    if not user or len(user) > 104 or fits(r"[. ]+", user) or set(user) & set('"/\\:;|=,+*?<>@[]'):
        return "has a user name that Windows does not know"
    return ""


def dotted_subdomain(text: str) -> str:
    """A subdomain, perhaps with a dot at its end."""
    return dns_subdomain(text.removesuffix("."))


def fqdn(text: str) -> str:
    """A subdomain of at least two parts, perhaps with a dot at its end."""
    name = text.removesuffix(".")
    return dns_subdomain(name) or ("" if "." in name else "has no domain: a fully qualified name has at least two parts")


def tls_host(text: str) -> str:
    """A subdomain, its first part perhaps ``*``."""
    return dns_subdomain(text[2:]) if text.startswith("*.") and text[2:] else wildcard_subdomain(text) if "*" in text or "/" in text else dns_subdomain(text)


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


FORMATS: dict[str, tuple[Format, str]] = {
    "dns-label": (dns_label, f"at most 63 characters: {IN_LABEL}, a letter or digit at both ends"),
    "dns-label-1035": (dns_label_1035, f"at most 63 characters: {IN_LABEL}, a letter first"),
    "dns-subdomain": (dns_subdomain, f"at most 253 characters: {IN_SUBDOMAIN}"),
    "dns-subdomain-52": (long_names(52), f"at most 52 characters: {IN_SUBDOMAIN}"),
    "dns-subdomain-63": (long_names(63), f"at most 63 characters: {IN_SUBDOMAIN}"),
    "dns-subdomain-underscore": (dns_subdomain_underscore, f"at most 253 characters: {IN_SUBDOMAIN} and _"),
    "dns-labels": (long_subdomain, f"at most 253 characters: DNS labels with . between them"),
    "host": (wildcard_subdomain, "a DNS name, its first part perhaps *"),
    "path-segment": (path_segment, "no / and no %, not . and not .."),
    "qualified-name": (qualified_name, "name or prefix/name; letters, digits, -, _ and ., at most 63 characters"),
    "annotation-key": (qualified_lower_name, "name or prefix/name; letters, digits, -, _ and ., at most 63 characters"),
    "domain-prefixed": (domain_prefixed, "a domain, a slash and a name"),
    "label-value": (label_value, "at most 63 characters: letters, digits, -, _ and ., a letter or digit at both ends"),
    "env-name": (env_name, "printable ASCII without ="),
    "strict-env-name": (strict_env_name, "letters, digits, -, _ and ., no digit first"),
    "c-identifier": (c_identifier, "letters, digits and _, no digit first"),
    "port-name": (port_name, "at most 15 characters: lower-case letters, digits and single hyphens, at least one letter"),
    "config-key": (config_key, "at most 253 characters: letters, digits, -, _ and ."),
    "absolute-path": (absolute_path, "a path that begins with /"),
    "relative-path": (relative_path, "a path below the volume, without .."),
    "local-path": (local_path, "a path below the volume, without .."),
    "no-backsteps": (no_backsteps, "a path without .."),
    "no-spaces-around": (no_spaces_around, "no white space at its ends"),
    "no-colon": (no_colon, "no colon"),
    "regular-expression": (regular_expression, "a regular expression of Go's syntax (RE2)"),
    "uuid": (uuid, "a UUID"),
    "csi-driver": (csi_driver, f"at most 63 characters: {IN_SUBDOMAIN}"),
    "pool-name": (pool_name, "DNS names with slashes between them"),
    "header-name": (header_name, "letters, digits and -"),
    "sysctl-name": (sysctl_name, "a kernel parameter, with . or / between its parts"),
    "dotted-subdomain": (dotted_subdomain, f"at most 253 characters: {IN_SUBDOMAIN}"),
    "fqdn": (fqdn, "a DNS name of at least two parts"),
    "tls-host": (tls_host, "a DNS name, its first part perhaps *"),
    "clean-path": (clean_path, "no //, no . and no .. as a part"),
    "cluster-ip": (cluster_ip, "an address, or None"),
    "api-version": (api_version, "version or group/version"),
    "group-version": (group_version, "version or group/version"),
    "search-domain": (search_domain, "a DNS name, or a dot"),
    "iscsi-name": (iscsi_name, "an iSCSI name: iqn., eui. or naa."),
    "host-ports": (host_ports, "host:port, or several with commas between them"),
    "no-slash": (no_slash, "no slash"),
    "unreserved-key": (unreserved_key, "outside of kubernetes.io and k8s.io"),
    "signer-name": (signer_name, "a domain, a slash and a name"),
    "windows-user": (windows_user, "a user, perhaps with a domain and a backslash before it"),
    "decimal-integer": (decimal_integer, "a whole number"),
    "ip": (addresses.ip, "an IPv4 or IPv6 address"),
    "ipv4": (addresses.ipv4, "an IPv4 address"),
    "ipv6": (addresses.ipv6, "an IPv6 address in its shortest form"),
    "loose-ip": (addresses.loose_ip, "an IPv4 or IPv6 address"),
    "canonical-ip": (addresses.canonical_ip, "an IPv4 or IPv6 address in its shortest form"),
    "public-ip": (addresses.public_ip, "an address that is not of this machine, link or group"),
    "cidr": (addresses.cidr, "a range of addresses, such as 10.0.0.0/8"),
    "loose-cidr": (addresses.loose_cidr, "a range of addresses, such as 10.0.0.0/8"),
    "canonical-cidr": (addresses.canonical_cidr, "a range of addresses in its shortest form"),
    "https-url": (addresses.https_url, "https://host/path"),
    "schedule": (schedules.schedule, "five fields as in crontab, or a descriptor such as @daily"),
    "time-zone": (schedules.time_zone, "a time zone such as Europe/Berlin"),
}
"""Each format by its name in the tables, with the words that say it in a phrase."""
