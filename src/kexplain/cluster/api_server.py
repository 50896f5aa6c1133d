"""The API server of a kubeconfig's context, asked for JSON. Alone imports the Kubernetes client; only ever sends GET.

Where the server is and who asks is up to the kubeconfig, as for kubectl: certificates, proxies, and the programs it
names for credentials, which are run. Nothing is written back to it. Source: Kubernetes, "Organizing Cluster Access
Using kubeconfig Files" and "API Concepts".
"""

import json
import logging
import re
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode

from kexplain.errors import InputError
from kexplain.version import __version__
from kexplain.words import nearest

LARGEST = 64 * 1024**2
"""Bytes of an answer."""
TIMEOUT, LONGEST_PAUSE, TRIES = 30.0, 10, 3
"""Seconds without a sign of the server, seconds that it may ask to wait, and how often it is asked."""
IN_VAIN = 3
"""Requests in a row without an answer after which the server is given up."""
TOO_LARGE = 413
HINTS = {
    0: "; is the address right, and the cluster up?",
    401: "; sign in again, and see whether kubectl gets an answer",
    403: "; ask for the right to list, such as the ClusterRole view gives, or name a --namespace that you may read",
}


class ClusterError(InputError):
    """A cluster of which nothing could be read, or a name that it does not know."""


class RefusedError(Exception):
    """A request that brought nothing; ``status`` is that of HTTP, 0 where no answer came."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Server:
    """The API server of a context."""

    def __init__(self, context: str, configuration: Any, timeout: float) -> None:
        """A server as the client's configuration describes it: address, TLS, proxy, credentials."""
        from kubernetes.client.rest import RESTClientObject

        self.context = context
        self.path = f"cluster/{segment(context)}"
        self.configuration = configuration
        self.timeout = timeout
        self.address = re.sub("//[^/]*@", "//", configuration.host)
        self._vain = 0
        self._pool = RESTClientObject(configuration).pool_manager
        self.close = self._pool.clear

    def get(self, path: str, **query: object) -> dict[str, Any]:
        """The JSON object at a path. Raises RefusedError.

        A server that is busy is waited for, a little; one that stays silent or busy is soon asked no more.
        """
        if self._vain == IN_VAIN:
            raise RefusedError(0, f"the server is not asked any more after {IN_VAIN} requests in vain")
        self._vain += 1
        for last in (*[False] * (TRIES - 1), True):
            status, headers, body = self._ask(f"{path}?{urlencode(query)}" if query else path)
            if last or not (status == 429 or (status == 503 and "Retry-After" in headers)):
                break
            wait = headers.get("Retry-After", "")
            time.sleep(min(int(wait), LONGEST_PAUSE) if re.fullmatch("[0-9]{1,9}", wait) else 1)
        if status != 429:
            self._vain = 0
        if status != 200:
            raise RefusedError(status, words_of(status, body))
        try:
            value = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise RefusedError(status, "the answer breaks off or is not JSON") from error
        if not isinstance(value, dict):
            raise RefusedError(status, "the answer is JSON, but not of a Kubernetes API server")
        return value

    def _ask(self, path: str) -> tuple[int, Any, bytes]:
        """Status, headers and body of the answer to one GET. Raises RefusedError."""
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": f"kexplain/{__version__}"}
        headers |= {entry["key"]: entry["value"] for entry in self.configuration.auth_settings().values()}
        url, timeout = self.configuration.host + path, Timeout(connect=self.timeout, read=self.timeout)
        try:
            response = self._pool.request(
                "GET", url, headers=headers, timeout=timeout, retries=False, preload_content=False
            )
            try:
                return response.status, response.headers, self._body(response)
            finally:
                response.release_conn()
        except (HTTPError, OSError, ValueError) as error:  # ValueError: a token that no header can hold
            raise RefusedError(0, self._silence(error)) from error

    def _body(self, response: Any) -> bytes:
        """What an answer holds, if it is not too much and comes in time. Raises RefusedError."""
        body, end = bytearray(), time.monotonic() + 10 * self.timeout
        while piece := response.read1(2**20, decode_content=True):
            body += piece
            if len(body) > LARGEST:
                response.close()
                self._vain = 0
                raise RefusedError(TOO_LARGE, f"the answer is larger than {LARGEST // 1024**2} MiB")
            if time.monotonic() > end:
                response.close()
                raise RefusedError(0, f"the answer did not end within {10 * self.timeout:g} s")
        return bytes(body)

    def _silence(self, error: Exception) -> str:
        """Why no answer came, in words."""
        from urllib3 import exceptions

        cause = error.__cause__ or error.__context__
        match error:
            case exceptions.NameResolutionError():
                return "the name of the server cannot be resolved"
            case exceptions.ProxyError():
                return f"the proxy cannot be used: {line_of(error.original_error)}"
            case exceptions.NewConnectionError():
                return str(getattr(cause, "strerror", None) or "no connection").lower()
            case exceptions.TimeoutError():
                return f"no answer within {self.timeout:g} s"
            case exceptions.SSLError():
                return f"TLS: {line_of(error)}"
            case exceptions.ProtocolError():
                return "the connection broke off"
        return line_of(error)


@contextmanager
def connected(context: str, timeout: float = TIMEOUT) -> Iterator[Server]:
    """The server of a context, by default the current one. Raises ClusterError.

    While it lasts, the client's files for keys that stand in the kubeconfig lie in a folder of their own (they would
    outlive a process that ends at once), and what it logs or warns of is kept from the terminal.
    """
    log = Log()
    logging.root.addHandler(log)
    try:
        with TemporaryDirectory(prefix="kexplain-") as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = server_of(context, folder, log, timeout)
            try:
                yield server
            finally:
                server.close()
    finally:
        logging.root.removeHandler(log)


class Log(logging.Handler):
    """Keeps what the client logs: it tells of credentials that it could not get in no other way."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Takes one message."""
        self.lines.append(record.getMessage())


def server_of(context: str, folder: str, log: Log, timeout: float) -> Server:
    """The server of a context, with the client's files in a folder. Raises ClusterError."""
    try:
        from kubernetes import client, config
    except ImportError as error:
        raise ClusterError("--cluster needs the Kubernetes client: pip install 'kexplain[cluster]'") from error
    place = config.KUBE_CONFIG_DEFAULT_LOCATION
    name = context_named(context, place)
    configuration = client.Configuration()
    try:
        config.load_kube_config(place, name, configuration, persist_config=False, temp_file_path=folder)
        server = Server(name, configuration, timeout)
    except Exception as error:
        raise ClusterError(f"cannot use context {name!r} of the kubeconfig {place}: {line_of(error)}") from error
    if log.lines:
        raise ClusterError(f"no credentials for context {name!r}: {line_of(log.lines[0])}")
    return server


def context_named(name: str, place: str) -> str:
    """The context of that name, or the current one, in the kubeconfig at a place. Raises ClusterError."""
    from kubernetes.config.kube_config import KubeConfigMerger

    try:
        kubeconfig = KubeConfigMerger(place).config
        if kubeconfig is None:
            raise ClusterError(f"no kubeconfig: {place} is not there; set KUBECONFIG to the file that kubectl uses")
        contexts = [str(entry["name"]) for entry in kubeconfig.value["contexts"]]
        found = name or str(kubeconfig.value.get("current-context") or "")
    except ClusterError:
        raise
    except Exception as error:
        raise ClusterError(f"cannot read the kubeconfig {place}: {line_of(error)}") from error
    there = f"there are {', '.join(contexts)}" if contexts else "it has no contexts"
    if not found:
        raise ClusterError(f"the kubeconfig {place} has no current context; name one with --context: {there}")
    if found not in contexts:
        hint = nearest(found, contexts, 0.5) or there
        raise ClusterError(f"no context is called {found!r} in the kubeconfig {place}; {hint}")
    return found


def nothing_read(server: Server, error: RefusedError) -> ClusterError:
    """The end of a run that got nothing, with what to do."""
    where = f"context {server.context!r}, {server.address}"
    return ClusterError(f"cannot read the cluster ({where}): {error}{HINTS.get(error.status, '')}")


def words_of(status: int, body: bytes) -> str:
    """Why the server refused, in its own words where it gives any."""
    if status == 401:
        return "the server does not accept the credentials (401)"
    if 300 <= status < 400:
        return f"the server sends elsewhere ({status}), which is not followed"
    try:
        message = json.loads(body)["message"]
    except (ValueError, RecursionError, LookupError, TypeError):
        message = ""
    said = {404: "not served", 410: "the list changed faster than it could be read", 429: "the server is too busy"}
    return f"{said.get(status) or line_of(message) or 'the server failed'} ({status})"


def segment(name: str) -> str:
    """A name as one part of a path."""
    quoted = quote(name, safe=":@ ")
    return quoted.replace(".", "%2E") if not quoted.strip(".") else quoted


def line_of(said: object) -> str:
    """Somebody else's words on one line, and not too many."""
    line = " ".join(str(said).split())
    return line if len(line) <= 300 else f"{line[:300]}…"
