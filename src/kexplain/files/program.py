"""A program of the machine that is started to render manifests: without a shell, a network, or more than it needs."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from tempfile import TemporaryDirectory
from threading import Thread, Timer
from time import monotonic
from typing import IO, NamedTuple

LARGEST = 64 * 1024**2
"""Bytes of output."""
SECONDS = 60
ALL_SECONDS = 600
"""Seconds that all programs of a run may take together: strangers may write hundreds of charts."""
MEMORY = 2 * 1024**3
"""Bytes that a program may hold, where the system lets a process be limited (Linux)."""
LONGEST_WORD = 300
"""Characters of a program's complaint that are told."""
REFUSES = "http://127.0.0.1:9"
"""A proxy that is not there (9 is the discard port): what has to go through it goes nowhere."""
OFFLINE = {
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), REFUSES),
    **dict.fromkeys(("NO_PROXY", "no_proxy"), ""),
    "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "KUBECONFIG": os.devnull, "HELM_NO_PLUGINS": "1",
}  # fmt: skip
KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "ASDF_DATA_DIR", "SYSTEMROOT", "WINDIR", "COMSPEC",
    "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
)  # fmt: skip
"""Variables that a program gets. The others may be secrets of a pipeline, and no rendering needs them."""
HELM_HOMES = ("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")
LOGGED = re.compile(r'^[EF]\d{4} .*? err="((?:[^"\\]|\\.)*)"')
"""A line of Kubernetes' logging library, as kubectl writes its errors."""
WARNING = re.compile(
    r"(?:# )?warning|W\d{4} |\w+\.go:\d+:|\d{4}/\d\d/\d\d |time=\S+ level=(?:INFO|WARN)", re.IGNORECASE
)


class Budget:
    """The seconds that are left for the programs of a run."""

    left: float = ALL_SECONDS


class Output(NamedTuple):
    """What a program wrote; ``trouble`` says why it failed, in one line, and is empty where it did not."""

    text: str
    trouble: str = ""


def begin() -> None:
    """Begins a run: its programs have all their time before them."""
    Budget.left = ALL_SECONDS


def find(name: str) -> str:
    """The path of a program on the PATH; empty where there is none. One in the current folder is never meant."""
    found = shutil.which(name)
    here = os.path.realpath(".")
    return found if found and os.path.isabs(found) and os.path.realpath(os.path.dirname(found)) != here else ""


def start(command: list[str], seconds: float = SECONDS, largest: int = LARGEST) -> Output:
    """Runs a program to its end, for so many seconds and bytes at most."""
    name, begun = os.path.basename(command[0]), monotonic()
    if Budget.left <= 0:
        return Output("", f"{name} was not started: the programs of this run have taken {ALL_SECONDS // 60} minutes")
    seconds = min(seconds, Budget.left)
    kept = {variable: os.environ[variable] for variable in KEPT if variable in os.environ}
    with TemporaryDirectory(prefix="kexplain-") as home:
        try:
            process = subprocess.Popen(  # noqa: S603 - a program of the PATH, without a shell
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env={**kept, **OFFLINE, **dict.fromkeys(HELM_HOMES, home)}, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            return Output("", f"{name} cannot be started: {error.strerror or error}")
        limit(process)
        data, said, late = read(process, seconds, largest)
    Budget.left -= monotonic() - begun
    if late:
        return Output("", f"{name} had not finished after {seconds:g} seconds")
    if len(data) > largest:
        return Output("", f"{name} wrote more than {largest // 1024**2} MiB")
    if process.returncode:
        return Output("", complaint(said) or f"{name} failed with exit code {process.returncode}")
    try:
        return Output(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Output("", f"what {name} wrote is not UTF-8 (byte {error.start + 1})")


def read(process: "subprocess.Popen[bytes]", seconds: float, largest: int) -> tuple[bytes, str, bool]:
    """What a process writes to both streams, up to one byte more than the largest, and whether it was too slow."""
    said: list[bytes] = []
    late: list[bool] = []
    out, err = process.stdout, process.stderr
    if out is None or err is None:
        raise ValueError("started without pipes")

    def give_up() -> None:
        late.append(True)
        stop(process)

    timer = Timer(seconds, give_up)
    listener = Thread(target=drain, args=(err, said), daemon=True)
    with process:
        timer.start()
        listener.start()
        data = out.read(largest + 1)
        if len(data) > largest:
            stop(process)
        process.wait()
        timer.cancel()
        listener.join()
    return data, b"".join(said).decode("utf-8", "replace"), bool(late)


def limit(process: "subprocess.Popen[bytes]") -> None:
    """Holds a process, and what it starts from now on, to so much memory."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it ended by itself
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (MEMORY, MEMORY))


def drain(stream: IO[bytes], kept: list[bytes], largest: int = 64 * 1024) -> None:
    """Reads a stream to its end, so that its writer never waits, and keeps the beginning."""
    kept.append(stream.read(largest))
    while stream.read(largest):
        pass


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process and what it started."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:  # it ended by itself
        pass


def complaint(said: str) -> str:
    """The line of a program's errors that says what is wrong: the first that is no warning."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    chosen = next((line for line in lines if not WARNING.match(line)), "")
    if logged := LOGGED.match(chosen):
        chosen = re.sub(r"\\(.)", r"\1", logged[1])
    return re.sub(r"(?i)^error:\s*", "", chosen)


def brief(text: str) -> str:
    """A complaint that people can read: of a long one, which tells who called whom, the middle is left out."""
    if len(text) <= LONGEST_WORD:
        return text
    return f"{text[: LONGEST_WORD // 3]} … {text[-LONGEST_WORD * 2 // 3 :]}"
