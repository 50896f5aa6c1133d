"""A loopback API server for tests: discovery, lists with pages, and whatever answers a test puts in their place."""

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit


class Answer(NamedTuple):
    """What is sent for one request; ``length`` is announced in place of the body's own."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = MappingProxyType({})
    length: int | None = None
    wait: float = 0
    """Seconds before the answer begins; it ends earlier when the test does."""


def refusal(status: int, message: str = "", **headers: str) -> Answer:
    """An answer as an API server refuses."""
    body = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "code": status}
    return Answer(status, json.dumps(body).encode(), {name.replace("_", "-"): value for name, value in headers.items()})


class ClusterServer:
    """Serves kinds added with ``add``. ``answers`` maps a path to answers sent first, one for each request."""

    def __init__(self) -> None:
        self.groups: dict[str, list[str]] = {}
        """API groups and their versions, the preferred one first."""
        self.resources: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.items: dict[str, list[dict[str, Any]]] = {}
        self.answers: dict[str, list[Answer]] = defaultdict(list)
        self.always: dict[str, Answer] = {}
        self.token = ""
        """Required of every request where it is not empty."""
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        """Method, path with its query, and headers of every request."""
        self._stop = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # an answer in one piece: two wait for each other's acknowledgement

            def handle_one(self) -> None:
                server.requests.append((self.command, self.path, dict(self.headers)))
                answer = server.answer(self.path, self.headers.get("Authorization", ""))
                server._stop.wait(answer.wait)
                self.send_response(answer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = answer.length is not None

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_one  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
                """Says nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, address: object) -> None:
                """A client that hung up is no news."""

        self._http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._http.shutdown()
        self._http.server_close()

    def add(
        self,
        api_version: str,
        kind: str,
        *items: dict[str, Any],
        plural: str = "",
        namespaced: bool = True,
        short: str = "",
        verbs: str = "get list",
    ) -> None:
        """Serves a kind with these objects; each gets a uid."""
        group, _, version = api_version.rpartition("/")
        self.groups.setdefault(group, [])
        if version not in self.groups[group]:
            self.groups[group].append(version)
        plural = plural or f"{kind.lower()}s"
        self.resources[root(api_version)].append(
            {"name": plural, "singularName": kind.lower(), "namespaced": namespaced, "kind": kind,
             "verbs": verbs.split(), "shortNames": short.split() or None}
        )  # fmt: skip
        for number, item in enumerate(items):
            item.setdefault("metadata", {}).setdefault("uid", f"{plural}-{number}")
        self.items[f"{root(api_version)}/{plural}"] = list(items)

    def answer(self, url: str, authorization: str) -> Answer:
        """The answer to a request."""
        path, query = urlsplit(url).path, parse_qs(urlsplit(url).query)
        if self.answers[path]:
            return self.answers[path].pop(0)
        if path in self.always:
            return self.always[path]
        if self.token and authorization != f"Bearer {self.token}":
            return refusal(401, "Unauthorized")
        found = self.discovery(path) or self.listed(path, query)
        return Answer(200, json.dumps(found).encode()) if found else refusal(404, "the server could not find it")

    def discovery(self, path: str) -> dict[str, Any] | None:
        """What the server says of its APIs."""
        if path == "/api":
            return {"kind": "APIVersions", "versions": self.groups.get("", [])}
        if path == "/apis":
            named = [(group, versions) for group, versions in self.groups.items() if group]
            return {"kind": "APIGroupList", "groups": [
                {"name": group, "versions": [{"groupVersion": f"{group}/{v}", "version": v} for v in sorted(versions)],
                 "preferredVersion": {"groupVersion": f"{group}/{versions[0]}", "version": versions[0]}}
                for group, versions in named
            ]}  # fmt: skip
        if path in self.resources:
            return {"kind": "APIResourceList", "resources": self.resources[path]}
        return None

    def listed(self, path: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        """A page of a list, of one namespace or all; or one Namespace."""
        start, inside, rest = path.partition("/namespaces/")
        namespace, _, plural = rest.partition("/")
        if inside and not plural:
            return next(
                (n for n in self.items.get(f"{start}/namespaces", ()) if n["metadata"]["name"] == namespace), None
            )
        items = self.items.get(f"{start}/{plural}" if inside else path)
        if items is None:
            return None
        items = [i for i in items if not inside or i["metadata"].get("namespace") == namespace]
        begin, limit = int(query.get("continue", ["0"])[0]), int(query.get("limit", ["0"])[0]) or len(items)
        more = {"continue": str(begin + limit)} if begin + limit < len(items) else {}
        return {"kind": "SomeList", "apiVersion": "v1", "metadata": more, "items": items[begin : begin + limit] or None}


def root(api_version: str) -> str:
    """The path of an API."""
    return f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
