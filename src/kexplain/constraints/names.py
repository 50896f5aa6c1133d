"""Formats of names: of objects, labels, ports, variables, hosts. Each tells what is wrong with a text; "" for nothing.

Source: k8s.io/apimachinery/pkg/util/validation, as of Kubernetes 1.37.
"""

import re
from collections.abc import Callable
from functools import lru_cache

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
    return (
        "is no name of a file: . and .. and what begins with .. are not allowed"
        if text.startswith("..") or text == "."
        else ""
    )


def csi_driver(text: str) -> str:
    """The name of a CSI driver: a DNS name of at most 63 characters, whatever its case."""
    return too_long(text, LABEL) or dns_subdomain(text.lower())


def pool_name(text: str) -> str:
    """DNS subdomains with slashes between them."""
    wrong = (dns_subdomain(part) if part else "has an empty part between slashes" for part in text.split("/"))
    return too_long(text, SUBDOMAIN) or next(filter(None, wrong), "")


def search_domain(text: str) -> str:
    """A search domain of DNS: a subdomain, perhaps with a dot at its end, or the dot alone."""
    return "" if text == "." else dns_subdomain_underscore(text.removesuffix("."))


def dotted_subdomain(text: str) -> str:
    """A subdomain, perhaps with a dot at its end."""
    return dns_subdomain(text.removesuffix("."))


def fqdn(text: str) -> str:
    """A subdomain of at least two parts, perhaps with a dot at its end."""
    name = text.removesuffix(".")
    return dns_subdomain(name) or (
        "" if "." in name else "has no domain: a fully qualified name has at least two parts"
    )
