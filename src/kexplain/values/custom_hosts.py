"""What a host name or an address in a custom object leads to: a Service of the set, the cluster, a place elsewhere."""

import re

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.values._shared import called, fit, place, shown

HOSTS = ("host", "hosts", "hostname", "hostnames", "dnsNames", "commonName", "fqdn")
URLS = ("url", "repoURL", "server", "endpoint", "address", "sourceRepos", "serverAddress", "uri", "repo", "home",
        "repository", "sources", "issuer", "audience", "repositories", "serverURL", "brokers", "externalUrl", "jwksUri",
        "endpointURL", "uris")  # fmt: skip
AT = tuple(f"custom .{name}" for name in (*HOSTS, *URLS))

INSIDE = re.compile(r"(?P<name>[a-z0-9-]{1,63})\.(?P<space>[a-z0-9-]{1,63})(?:\.svc(?:\.cluster\.local)?)?")
URL = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]{0,15})://(?:[^/@\s]{1,100}@)?(?P<host>[^/:\s]{1,80})(?::(?P<port>\d{1,5}))?(?:/\S*)?"
)
GIT = re.compile(r"git@(?P<host>[\w.-]{1,60}):[\w./~-]{1,100}")
SCHEMES = {
    "https": "Over HTTPS, at {}.", "http": "Over plain HTTP, which is not encrypted, at {}.",
    "oci": "From a registry of images, at {}.", "ssh": "Over SSH, with a key, at {}.", "s3": "A bucket, {}.",
    "gs": "A bucket at Google, {}.", "docker": "From a registry of images, at {}.", "file": "A folder beside this one.",
    "git": "By git's own protocol, without encryption or login, at {}.", "redis": "A Redis server at {}.",
    "rediss": "A Redis server at {}, encrypted.", "postgres": "A PostgreSQL server at {}.", "tcp": "Over TCP, at {}.",
    "amqp": "A RabbitMQ server at {}, not encrypted.", "spiffe": "A SPIFFE identity of {}.",
    "postgresql": "A PostgreSQL server at {}.", "mongodb": "A MongoDB server at {}.",
}  # fmt: skip


def relate(visit: Visit, near: Near) -> str:
    """Where it leads, as far as the text and the set tell."""
    text = visit.value
    if not isinstance(text, str) or visit.unresolved or not text:
        return ""
    if match := URL.fullmatch(text):
        return of_url(match, near)
    if match := GIT.fullmatch(text):
        return f"Over SSH, with a key, at {match['host']}."
    field = visit.position.rpartition(".")[2].removesuffix("[]")
    return of_host(text, near) if field in HOSTS and shown(text) else ""


def of_url(match: "re.Match[str]", near: Near) -> str:
    """The place that a URL is of."""
    host = match["host"]
    if host in {"kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}:
        return "The API server of the cluster that this runs in."
    if inside := service(host, near):
        how = " over plain HTTP" if match["scheme"] == "http" else ""
        return fit(f"{inside}{how}.")
    return fit(SCHEMES[match["scheme"]].format(host)) if match["scheme"] in SCHEMES else ""


def of_host(text: str, near: Near) -> str:
    """What a host name means."""
    if text == "*":
        return "Every host."
    if text.startswith("*."):
        return fit(f"Every host one level below {text[2:]}.", "Every host one level below that.")
    if inside := service(text, near):
        return fit(f"{inside}.")
    if "." in text and not text.endswith(".local"):
        return "A name of the internet's or your own DNS; it must lead here." if is_domain(text) else ""
    found = near.workspace.find("Service", text, near.facts)
    if found is not None:
        return fit(f"The {called(found)}, {place(found, near)}.")
    return ""


def is_domain(text: str) -> bool:
    """Whether a text is a host name with a domain, and no address."""
    return re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}", text) is not None


def service(host: str, near: Near) -> str:
    """The Service that a host name of the cluster means; empty for any other."""
    match = INSIDE.fullmatch(host)
    if match is None:
        return ""
    name, space = match["name"], match["space"]
    ones = near.workspace.by_name.get(("Service", name), ())
    found = next((one for one in ones if one.namespace in {space, ""}), None)
    if found is not None:
        return f"The {called(found)}, {place(found, near)}"
    is_inside = ".svc" in host
    return f"The Service {name} in namespace {space}, which is not in these files" if is_inside else ""
