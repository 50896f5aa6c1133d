"""Containers, their commands and arguments, and the entries of ConfigMaps: what a text is for."""

import re

from kexplain.catalogue.value import Near
from kexplain.domain.pods import containers
from kexplain.objects.pod import pod_spec
from kexplain.objects.visit import Visit
from kexplain.syntax.tree import Sequence, descend, string
from kexplain.values._shared import fit, listed, shown

AT = (
    "core/v1 Container.name",
    "core/v1 Container.workingDir",
    "core/v1 Container.command[]",
    "core/v1 Container.args[]",
    "core/v1 ExecAction.command[]",
    "core/v1 ConfigMap.data[]",
)

MOST = 300
"""Variables of a container that are looked through."""
SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
FLAG = re.compile(r"-{1,2}([A-Za-z0-9][A-Za-z0-9_.-]{0,50})(=)?")
REFERENCE = re.compile(r"(?<!\$)\$\(([A-Za-z_][A-Za-z0-9_.-]{0,60})\)")
FORMATS = {"yaml": "YAML", "yml": "YAML", "sh": "a shell script",
           "json": "JSON", "toml": "TOML", "xml": "XML", "ini": "INI", "conf": "settings",
           "cfg": "settings", "properties": "Java properties", "py": "Python", "sql": "SQL",
           "lua": "Lua", "js": "JavaScript", "html": "HTML", "env": "variables", "crt": "a certificate",
           "pem": "certificates", "tmpl": "a template", "md": "Markdown", "cnf": "settings"}  # fmt: skip


def relate(visit: Visit, near: Near) -> str:
    """What a container is among those of its Pod, what a word of a command is, what an entry holds."""
    value = visit.value
    if not isinstance(value, str):
        return ""
    if visit.position.endswith("data[]"):
        return entry(visit, value, near)
    if visit.name == "workingDir":
        return fit(f"Relative paths of its programs begin at {shown(value)}." if shown(value) else "")
    return container(visit, value) if visit.name == "name" else word(visit, value)


def container(visit: Visit, name: str) -> str:
    """A container among those of its Pod."""
    spec, own = pod_spec(visit), visit.parent
    if spec is None or own is None:
        return ""
    group = own.parent.name if own.parent else ""
    count = sum(kind == group for kind, _ in containers(spec))
    if group == "initContainers":
        later = "" if count == 1 else f", number {int(own.name) + 1} of {count}"
        if own.read("restartPolicy") == "Always":
            return f"Starts before the others and then runs beside them{later}."
        return f"Runs to its end before the others start{later}."
    if count == 1:
        return "The only container of the Pod, so `kubectl logs` needs no name."
    return fit(
        f"One of {count} containers: read its log with `kubectl logs POD -c {shown(name)}`.",
        f"One of {count} containers.",
    )


def word(visit: Visit, text: str) -> str:
    """One word of a command or of its arguments."""
    around = visit.parent.node if visit.parent else None
    words = around.items if isinstance(around, Sequence) else []
    index = int(visit.name) if visit.name.isdigit() else 0
    before = string(words[index - 1]) if 0 < index < len(words) else ""
    first = string(words[0]) if words else ""
    is_command = "command" in visit.position
    if is_shell(before, first) and text not in {"-c", "--"} and not FLAG.fullmatch(text):
        count = len(text.splitlines())
        return (
            f"A script of {count} lines, which the shell runs."
            if count > 1
            else "A command line, which the shell reads and runs."
        )
    if names := [name for name in REFERENCE.findall(text) if name in variables(visit)]:
        return fit(f"The value of ${' and $'.join(dict.fromkeys(names))} is put in before the program starts.",
                   "Values of variables are put in before the program starts.")  # fmt: skip
    if is_command and index == 0:
        name = text.rpartition("/")[2]
        if name in SHELLS:
            return f"A shell, {name}: it reads the words below." if len(words) > 1 else f"A shell, {name}."
        return fit(f"The program that is started: {shown(name)}." if shown(name) else "")
    after = string(words[index + 1]) if index + 1 < len(words) else ""
    return option(text, before, after, first)


def variables(visit: Visit) -> set[str]:
    """The variables that a container sets by name; ``$(NAME)`` of others stays as it is."""
    holder = visit.up("Container")
    listed_ = holder.items("env")[:MOST] if holder else []
    return {string(descend(item, "name")) for item in listed_}


def is_shell(before: str, first: str) -> bool:
    """Whether a word is what a shell is to run: it stands behind ``-c``."""
    if not re.fullmatch(r"-[a-z]*c[a-z]*", before):
        return False
    return first.rpartition("/")[2] in SHELLS or first == before


def option(text: str, before: str, after: str, first: str) -> str:
    """An option and what is set with it; never its value, which may be secret."""
    match = FLAG.match(text)
    if match and (match[2] or match.end() == len(text)):
        if re.fullmatch(r"-[a-z]*c[a-z]*", text) and first.rpartition("/")[2] in SHELLS | {text}:
            return "The shell takes the next word as what to run."
        if match[2]:
            return f"Sets the option {match[1]}."
        alone = not after or after.startswith("-")
        return f"The option {match[1]}{', alone' if alone else ', perhaps with the next word as its value'}."
    last = FLAG.fullmatch(before)
    if last and not last[2] and before.startswith("--"):
        return f"Perhaps the value of the option {last[1]}."
    return "A path in the container." if re.fullmatch(r"/[^\s=:]*", text) else ""


def entry(visit: Visit, text: str, near: Near) -> str:
    """One entry of a ConfigMap: its length and form, and who reads it."""
    users = near.workspace.users(near.facts)
    lines = len(text.splitlines())
    form = FORMATS.get(visit.name.rpartition(".")[2].lower(), "") if "." in visit.name else ""
    if not text:
        what = "Empty"
    elif lines > 1 or form:
        what = f"{lines:,} line{'' if lines == 1 else 's'}{f' of {form}' if form else ''}"
    elif text in {"true", "false"} or (text.isascii() and text.isdigit()):
        what = fit(f"{text}, which is text here as every entry is")
    else:
        what = f"A text of {len(text):,} character{'' if len(text) == 1 else 's'}"
    return fit(f"{what}, for {listed(users)}." if users else "", f"{what}.")
