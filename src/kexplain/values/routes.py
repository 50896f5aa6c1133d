"""Routes of the Gateway API, Istio and Traefik in one sentence each: which requests go where, in which shares."""

import re

from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Mapping, Node, Scalar, Sequence, string
from kexplain.values._shared import fit, shown, text_at

HTTP_ROUTES = ("gateway.networking.k8s.io HTTPRoute.spec.rules[]", "gateway.networking.k8s.io GRPCRoute.spec.rules[]",
               "policy.linkerd.io HTTPRoute.spec.rules[]")  # fmt: skip
VIRTUAL_SERVICE = "networking.istio.io VirtualService.spec.http[]"
INGRESS_ROUTE = "traefik.io IngressRoute.spec.routes[]"
AT = (*HTTP_ROUTES, VIRTUAL_SERVICE, INGRESS_ROUTE)

MOST = 3
"""Conditions or backends that are named one by one."""
PATHS = {"PathPrefix": "under {}", "Exact": "at {}", "RegularExpression": "whose path fits {}"}
URIS = {"prefix": "whose path begins with {}", "exact": "at {}", "regex": "whose path fits {}"}
RULES = {"Host": "for {}", "PathPrefix": "whose path begins with {}", "Path": "at {}", "Method": "with method {}",
         "HostRegexp": "whose host fits {}", "PathRegexp": "whose path fits {}"}  # fmt: skip
CALL = re.compile(r"(Host|HostRegexp|Path|PathPrefix|PathRegexp|Method)\(`([^`]{1,60})`\)")


def explain(visit: Visit) -> str:
    """Which requests a rule takes and what becomes of them; empty where it says more than one sentence can hold."""
    node = visit.node
    if not isinstance(node, Mapping):
        return ""
    if visit.position == INGRESS_ROUTE:
        who, where = by_expression(text_of(node, "match")), destinations(entries(node, "services"), "name")
    elif visit.position == VIRTUAL_SERVICE:
        who = requests([by_uri(one) for one in entries(node, "match")])
        where = answer(node.get("redirect")) or destinations(entries(node, "route"), "destination", "host")
    else:
        who = requests([by_path(one) for one in entries(node, "matches")])
        where = redirect(node) or destinations(entries(node, "backendRefs"), "name")
    return fit(f"{who} {where}.") if who and where else ""


def entries(node: Mapping, name: str) -> list[Node]:
    """The items of a list; none where there is no list."""
    found = node.get(name)
    return found.items if isinstance(found, Sequence) else []


def text_of(node: Mapping, name: str) -> str:
    """The text of a field; empty where it is none."""
    found = node.get(name)
    return string(found) if found is not None else ""


def requests(conditions: list[str]) -> str:
    """Some matches, any one of which is enough; empty where one of them cannot be told."""
    if not conditions:
        return "All requests"
    if not all(conditions):
        return ""
    if len(conditions) > MOST:
        return f"Requests that fit one of {len(conditions)} matches"
    return f"Requests {' or '.join(conditions)}"


def by_path(match: Node) -> str:
    """A match of the Gateway API; empty where it cannot be told in short."""
    if not isinstance(match, Mapping):
        return ""
    parts = []
    if isinstance(match.get("method"), Mapping):  # gRPC
        service, method = text_at(match, "method", "service"), text_at(match, "method", "method")
        parts.append(f"for {'/'.join(filter(None, (service, method)))}" if service or method else "")
    elif method := text_at(match, "method"):
        parts.append(f"with method {method}")
    if isinstance(match.get("path"), Mapping) or not parts:
        kind, value = text_at(match, "path", "type") or "PathPrefix", text_at(match, "path", "value") or "/"
        everything = kind == "PathPrefix" and value == "/"
        parts.append("to any path" if everything else PATHS.get(kind, "").format(value))
    parts += [f"with certain {what}" for name, what in (("headers", "headers"), ("queryParams", "query parameters"))
              if entries(match, name)]  # fmt: skip
    return " ".join(parts) if all(parts) else ""


def by_uri(match: Node) -> str:
    """A match of Istio; empty where it cannot be told in short."""
    if not isinstance(match, Mapping) or not match.fields.keys() <= {"uri", "headers", "name", "method"}:
        return ""
    parts = []
    uri = match.get("uri")
    for name, words in URIS.items():
        if value := text_at(uri, name):
            parts.append("to any path" if (name, value) == ("prefix", "/") else words.format(value))
    if isinstance(uri, Mapping) and not parts:
        return ""
    if method := text_at(match, "method", "exact"):
        parts.append(f"with method {method}")
    headers = match.get("headers")
    if isinstance(headers, Mapping) and headers.fields:
        parts.append("with certain headers")
    return " ".join(parts)


def by_expression(text: str) -> str:
    """A rule of Traefik that is no more than some conditions that must all hold."""
    parts = [CALL.fullmatch(part.strip()) for part in text.split("&&")]
    if not all(parts) or len(parts) > MOST:
        return ""
    return "Requests " + " ".join(RULES[part[1]].format(part[2]) for part in parts if part)


def destinations(backends: list[Node], *name: str) -> str:
    """Where requests go, with the share of each where they are shared out."""
    names, weights = [], []
    for backend in backends:
        where = text_at(backend, *name)
        subset, port = text_at(backend, name[0], "subset"), number(backend)
        names.append(where and where + (f" (subset {subset})" if subset else f" port {port}" if port else ""))
        weights.append(weight(backend))
    if not names or not all(names):
        return ""
    if len(names) == 1:
        return f"go to {names[0]}"
    total = sum(weights)
    if len(names) > MOST or total <= 0:
        return f"are shared out over {len(names)} backends"
    shares = [f"{name} ({100 * part / total:.3g} %)" for name, part in zip(names, weights, strict=True)]
    return f"go to {', '.join(shares[:-1])} and {shares[-1]}"


def number(backend: Node) -> str:
    """The port of a backend as it is written; empty where there is none."""
    found = backend.get("port") if isinstance(backend, Mapping) else None
    return shown(found.text) if isinstance(found, Scalar) else ""


def weight(backend: Node) -> float:
    """The weight of a backend, 1 where it is left out or odd."""
    found = backend.get("weight") if isinstance(backend, Mapping) else None
    value = getattr(found, "value", None)
    return value if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 10**9 else 1


def redirect(rule: Mapping) -> str:
    """The redirect of a rule of the Gateway API; empty where it has none."""
    for one in entries(rule, "filters"):
        if text_at(one, "type") == "RequestRedirect" and isinstance(one, Mapping):
            return answer(one.get("requestRedirect"))
    return ""


def answer(node: Node | None) -> str:
    """That requests are answered with another address, and with which scheme or host."""
    if not isinstance(node, Mapping):
        return ""
    scheme, host = text_at(node, "scheme"), text_at(node, "hostname") or text_at(node, "authority")
    to = shown(f"{scheme}://{host}" if scheme and host else scheme or host)
    return f"are redirected to {to}" if to else "are redirected"
