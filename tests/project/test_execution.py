"""Nothing that comes from a file, a rule or a configuration is executed: no source calls what could."""

import ast
import re
from pathlib import Path

import pytest
from support import ROOT

PACKAGE = ROOT / "src" / "kexplain"
SOURCES = sorted(PACKAGE.rglob("*.py"))
BUILTINS = {"eval", "exec", "compile", "__import__", "breakpoint"}
MODULES = {"pickle", "marshal", "shelve", "dill", "ctypes", "code", "codeop", "runpy", "pty"}
STARTING = {"subprocess", "multiprocessing"}
FROM_CHILDREN = {"engine/shares.py"}
"""The module that unpickles: only what its own forked children write into a pipe that nobody else has."""
MAY_START = {"files/git.py", "files/program.py"}
"""The modules that start programs: git, and what renders."""
METHODS = {"system", "popen", "execv", "execve", "execvp", "spawnl", "spawnv", "posix_spawn", "startfile"}
SAFE = {"catalogue/article.py": "SafeLoader", "edits/round_trip.py": "yaml = YAML()"}
"""The modules that read YAML with a library's own loader, and with which: one that makes no objects."""
READERS = {"load", "load_all", "full_load", "unsafe_load", "full_load_all", "unsafe_load_all"}


def said(path: Path) -> list[str]:
    """What a module does that could execute something."""
    name, found = path.relative_to(PACKAGE).as_posix(), []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=called) if called in BUILTINS:
                    found.append(called)
                case ast.Attribute(value=ast.Name(id="os"), attr=called) if called in METHODS:
                    found.append(f"os.{called}")
                case ast.Attribute(value=ast.Name(id="yaml"), attr=called) if called in READERS:
                    found.append(f"yaml.{called}")
            found += ["shell"] * (name in MAY_START and any(keyword.arg == "shell" for keyword in node.keywords))
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        tops = {one.partition(".")[0] for one in names}
        found += [f"import {top}" for top in tops & (MODULES | (set() if name in MAY_START else STARTING))]
    return found


def test_nothing_is_executed() -> None:
    found = {path.relative_to(PACKAGE).as_posix(): words for path in SOURCES if (words := said(path))}
    assert found == {name: ["yaml.load"] for name in SAFE} | {name: ["import pickle"] for name in FROM_CHILDREN}
    for name, loader in SAFE.items():
        assert loader in (PACKAGE / name).read_text(encoding="utf-8")


def test_templates_are_ours_and_escape() -> None:
    """The HTML page is the only template; it is loaded from the package, and escapes what it is given."""
    using = [path for path in SOURCES if "jinja2" in path.read_text(encoding="utf-8")]
    assert len(using) == 1
    text = using[0].read_text(encoding="utf-8")
    assert "autoescape=True" in text
    assert "from_string" not in text


@pytest.mark.parametrize("text", ["eval(x)", "import pickle", "os.system(x)", "yaml.load(x)", "import subprocess"])
def test_the_search_finds(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_execution.PACKAGE", tmp_path)
    (tmp_path / "a.py").write_text(text)
    assert said(tmp_path / "a.py")


def test_no_group_is_possessive() -> None:
    """Python before 3.11.5 takes a possessive group of several ways for one that never fits; single characters are fine."""
    possessive = re.compile(r"(?<!\\)\)[*+?]\+")
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                outside = re.sub(r"\[(?:\\.|[^\]\\])*\]", "x", node.value)  # of classes, where each sign is itself
                found |= {path.name} if possessive.search(outside) else set()
    assert found == set()
