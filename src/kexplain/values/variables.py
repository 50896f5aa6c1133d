"""Environment variables: from where each gets its value, and to whom that leads."""

import re

from kexplain.catalogue.value import Near
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, descend
from kexplain.values._shared import called, fit, place, shown, text_at

AT = (
    "core/v1 EnvVar.name",
    "core/v1 EnvVar.value",
    "core/v1 ConfigMapKeySelector.key",
    "core/v1 SecretKeySelector.key",
    "core/v1 ObjectFieldSelector.fieldPath",
    "core/v1 ResourceFieldSelector.resource",
)

MOST = 300
"""Variables of a container that are looked through."""
REFERENCE = re.compile(r"(?<!\$)\$\(([A-Za-z_][A-Za-z0-9_.-]{0,60})\)")
HOST = re.compile(
    r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^@/\s]*@)?([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)((?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?(?:/.*)?$"
)
"""An address: the first label of the host, the others, the port."""
KNOWN = {
    "HTTP_PROXY": "Many programs send HTTP requests through the proxy it names.",
    "HTTPS_PROXY": "Many programs send HTTPS requests through the proxy it names.",
    "NO_PROXY": "Many programs reach the hosts it lists without a proxy.",
    "TZ": "The time zone that many programs show times in.",
    "PATH": "The folders in which programs are looked for, in place of the image's.",
    "LD_PRELOAD": "A library that is loaded before all others.",
    "GOMAXPROCS": "How many threads a Go program runs at once.",
    "GOMEMLIMIT": "The memory that a Go program tries to stay below.",
    "JAVA_OPTS": "Options for Java, where the image's start script reads them.",
    "JAVA_TOOL_OPTIONS": "Options that each Java program reads by itself.",
    "NODE_ENV": "Whether Node.js programs run for production or development.",
}
FIELDS = {
    "metadata.name": "The Pod's own name.",
    "metadata.namespace": "The namespace that the Pod lies in.",
    "metadata.uid": "The Pod's identity, which no later Pod shares.",
    "metadata.labels": "All labels of the Pod, one per line.",
    "metadata.annotations": "All annotations of the Pod, one per line.",
    "spec.nodeName": "The name of the node that the Pod runs on.",
    "spec.serviceAccountName": "The ServiceAccount that the Pod runs as.",
    "status.hostIP": "The address of the node that the Pod runs on.",
    "status.hostIPs": "The addresses of the node that the Pod runs on.",
    "status.podIP": "The Pod's own address.",
    "status.podIPs": "The Pod's own addresses.",
}
ADDRESS = re.compile(r"(?i)host|addr|url|uri|serv|endpoint|master|leader|broker|proxy|dns|node|peer|upstream|backend")
"""Names of variables that hold an address; elsewhere a bare name may be a user, a database or a word."""
PART = re.compile(r"metadata\.(label|annotation)s\['([^']{1,80})'\]")
RESOURCE = re.compile(r"(requests|limits)\.(cpu|memory|ephemeral-storage)")
NAMES = {"cpu": "CPU", "memory": "memory", "ephemeral-storage": "local disk"}


def relate(visit: Visit, near: Near) -> str:
    """What a line about a variable does."""
    value = visit.value
    if not isinstance(value, str):
        return ""
    if visit.name == "fieldPath":
        part = PART.fullmatch(value)
        return fit(f"The Pod's own {part[1]} {shown(part[2])}.") if part and shown(part[2]) else FIELDS.get(value, "")
    if visit.name == "resource":
        found = RESOURCE.fullmatch(value)
        what = {"requests": "request", "limits": "limit"}[found[1]] if found else ""
        none = "; all that the node has where there is none" if what == "limit" else ""
        return f"The container's {NAMES[found[2]]} {what}{none}." if found else ""
    if visit.name == "key":
        return entry(visit, value, near)
    return of_name(visit, value) if visit.name == "name" else of_value(visit, value, near)


def of_name(visit: Visit, name: str) -> str:
    """From where the variable of a name has its value."""
    variable = visit.parent
    source = variable.get("valueFrom") if variable else None
    known = KNOWN.get(name.upper(), "")
    if source is None:
        return known or (fit(f"Programs read the text below as ${name}.") if variable and shown(name) else "")
    for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        if key := text_at(source, field, "key"):
            return fit(f"${name} is the entry {key} of the {kind} {text_at(source, field, 'name')}.",
                       f"It is the entry {key} of a {kind}.", f"It is an entry of a {kind}.")  # fmt: skip
    path = descend(source, "fieldRef", "fieldPath")
    words = FIELDS.get(str(getattr(path, "value", "")), "")
    if words:
        return fit(f"${name}: {words[0].lower()}{words[1:]}")
    if resource := text_at(source, "resourceFieldRef", "resource"):
        return fit(f"${name} is {resource} of the container.")
    return known


def entry(visit: Visit, key: str, near: Near) -> str:
    """Which entry becomes which variable, and whether the object here has it."""
    holder = visit.parent
    kind = "Secret" if visit.position.endswith("SecretKeySelector.key") else "ConfigMap"
    name = holder.read("name") if holder else None
    variable = visit.up("EnvVar")
    target = shown(variable.read("name")) if variable else ""
    becomes = f"becomes ${target}" if target else "is used here"
    found = near.workspace.find(kind, name, near.facts) if isinstance(name, str) and name else None
    if found is None or (found.keys and key not in found.keys and not near.is_beside(found)):
        return fit(f"The entry {shown(key)} of {shown(name)} {becomes}.", f"This entry {becomes}.")
    where = place(found, near)
    if found.keys and key not in found.keys and near.is_beside(found):
        return fit(
            f"The {called(found)}, {where}, has no entry {shown(key)}.", f"The {kind}, {where}, has no such entry."
        )
    return fit(f"The entry {shown(key)} of {called(found)} ({where}) {becomes}.", f"This entry ({where}) {becomes}.")


def of_value(visit: Visit, text: str, near: Near) -> str:
    """What a fixed value contains: other variables, the name of a Service, or a text that looks like something else."""
    if not text:
        return "Set, but empty."
    if names := REFERENCE.findall(text):
        known = variables_above(visit)
        if missing := next((name for name in names if name not in known), ""):
            return fit(f"$({missing}) is set nowhere above; it stays as it is unless `envFrom` or a Service sets it.")
        return fit(f"Contains the value of ${' and $'.join(dict.fromkeys(names))}.", "Contains other variables.")
    if text.lower() in {"true", "false", "yes", "no"}:
        return f"The text {text}: a variable is always text, and its program decides what it means."
    if text.isascii() and text.isdigit() and len(text) <= 20:
        return f"The text {text}: a variable is always text, and its program reads it as a number."
    return host(visit, text, near)


def variables_above(visit: Visit) -> set[str]:
    """Names of the variables that stand above a variable in its container."""
    found: set[str] = set()
    container, own = visit.up("Container"), visit.parent
    for item in container.items("env")[:MOST] if container else ():
        if own is not None and item is own.node:
            break
        if isinstance(item, Mapping):
            found.add(str(getattr(item.get("name"), "value", "")))
    return found


def is_address(visit: Visit) -> bool:
    """Whether the name of a variable says that its value is an address."""
    name = visit.parent.read("name") if visit.parent else None
    return isinstance(name, str) and ADDRESS.search(name) is not None


def host(visit: Visit, text: str, near: Near) -> str:
    """The Service that an address in a value leads to, where it is one of this set."""
    match = HOST.match(text) if len(text) <= 300 else None
    if not match or (text == match[1] and not is_address(visit)):
        return ""
    one = near.workspace.find("Service", match[1], near.facts)
    if one is None or (match[2] and one.namespace and match[2].split(".")[1] != one.namespace):
        return ""
    port = f", port {match[3]}" if match[3] else ""
    return fit(f"Leads to the {called(one)}{port}, {place(one, near)}.")
