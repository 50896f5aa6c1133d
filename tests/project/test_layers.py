"""The shape of the source: imports go down the layers, libraries stay in their module, and everything stays small.

Lines are counted without blank ones; comments and docstrings count, since a reader reads them.
"""

import ast
import re
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import pytest
from support import ROOT, for_each

SOURCE = ROOT / "src" / "kexplain"

ROOMS = re.compile(r"^\| `(?P<wing>[\w./]+)` \| [^|]+ \| (?P<lines>[\d,]+) \|$", re.MULTILINE)
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LAYERS = {room["wing"].removesuffix(".py"): int(room["lines"].replace(",", "")) for room in ROOMS.finditer(GUIDE)}
"""The one ordered list, in CONTRIBUTING: a module imports what stands above it; the number is a wing's budget of lines."""

# What a folder holds is found by file name and loaded by the module of the singular name, which is no import in this
# sense: the loader knows the interface of what it loads, not its instances.
LOADERS = {
    "catalogue.rule": ["relations", "checks", "fixes"], "catalogue.term": ["patterns"], "catalogue.value": ["values"],
    "output.report_format": ["output.reports"], "output.annotated_format": ["output.annotated"],
    "filters.filter": ["filters"], "constraints.judge": ["constraints"], "cli.main": ["cli.commands"],
}  # fmt: skip

# Which modules may import what is neither kexplain's nor Python's own.
LIBRARIES = {
    "yaml": {"catalogue.article", "cluster.text", "syntax.parse", "syntax.pure_events", "syntax.yaml_error"},
    "jsonschema": {"catalogue.compiler", "domain.json_schema"},
    "referencing": {"domain.json_schema"},
    "ruamel": {"edits.configuration", "edits.round_trip"},
    "rich": {"output.annotated.terminal"},
    "cron_descriptor": {"values.cron"},
    "jinja2": {"output.annotated.html"},
    "markdown_it": {"output.annotated._prose"},
    "markupsafe": {"output.annotated._page", "output.annotated._prose", "output.annotated.html"},
    "kubernetes": {"cluster.api_server"},
    "rapidfuzz": {"catalogue.search"},
    "cel_expr_python": {"objects.cel"},
    "mcp": {"agents.protocol"},
    "lsprotocol": {"server.protocol"},
    "pygls": {"server.protocol"},
    "urllib3": {"cluster.api_server"},
    "click": {"cli.*", "output.explanation", "output.reports.text", "output.annotated.terminal"},
}

MODULE, FUNCTION, CHAIN = 300, 40, 9

# What is over its budget: how much it may be until it is mended, and why that is right.
OVER: dict[str, tuple[int, str]] = {
    "import chain": (15, "an editor's project is fixed in rounds, by candidates, which go over checks down to the tree"),
}


class Module(NamedTuple):
    name: str
    """Without ``kexplain.``; the package itself is ``__init__``, a folder's own is its name."""
    text: str
    tree: ast.Module

    @property
    def wing(self) -> str:
        """Its folder, or the module itself where it lies in none."""
        first = self.name.partition(".")[0]
        return f"{first}/" if (SOURCE / first).is_dir() else first


class Import(NamedTuple):
    target: str
    line: int
    for_types: bool


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(parts if len(parts) == 1 or parts[-1] != "__init__" else parts[:-1])
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, text, ast.parse(text))
    return found


def imports(module: Module) -> list[Import]:
    """Every import of a module, at its top or inside a function; ``from kexplain import x`` is the module x."""
    hidden = {
        id(node)
        for block in ast.walk(module.tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for statement in block.body
        for node in ast.walk(statement)
    }
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [Import(target(name), node.lineno, id(node) in hidden) for name in names]
    return found


def target(name: str) -> str:
    """The module of kexplain that a dotted name is or lies in, or the dotted name as it is."""
    if name.partition(".")[0] != "kexplain":
        return name
    name = name.removeprefix("kexplain").removeprefix(".")
    while name not in modules():
        if "." not in name:
            return "__init__"
        name = name.rpartition(".")[0]
    return name


@cache
def ranks() -> dict[str, int]:
    """The rank of every module by its wing; -1 for one that has none yet."""
    order = {wing: number for number, wing in enumerate(LAYERS)}
    return {name: order.get(module.wing, -1) for name, module in modules().items()}


def uses(module: Module) -> set[str]:
    """The modules of kexplain that this one imports, be it only for types."""
    return {i.target for i in imports(module) if i.target in modules() and i.target != module.name}


def runs(module: Module) -> set[str]:
    """The modules of kexplain that this one imports when it runs, at once or inside a function."""
    return {i.target for i in imports(module) if i.target in modules() and i.target != module.name and not i.for_types}


def lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def budget(name: str, measured: int, limit: int) -> None:
    """Fails over the limit, or over what OVER grants; and where OVER grants what is not needed any more."""
    granted, _ = OVER.get(name, (limit, ""))
    assert measured <= granted, f"{name}: {measured}, at most {limit}"
    if name in OVER:
        assert measured > limit, f"{name}: {measured} keeps its budget of {limit} again: take it out of OVER"


INTERFACE = "__init__"
"""The package itself names its interface for type checkers, wherever that lies; a run imports none of it from there."""


def test_the_guide_names_every_wing_once() -> None:
    assert len(LAYERS) == len(ROOMS.findall(GUIDE))
    assert sorted(LAYERS) == sorted({module.wing for name, module in modules().items() if name != INTERFACE})


def upwards(module: Module) -> list[str]:
    """What a module imports, be it only for types, although its wing does not stand above; its own wing aside."""
    return [
        f"line {i.line}: {i.target}"
        for i in imports(module)
        if i.target in modules()
        and ranks()[i.target] >= ranks()[module.name]
        and module.wing != modules()[i.target].wing
    ]


@for_each([name for name in modules() if name != INTERFACE])
def test_imports_go_down(name: str) -> None:
    assert upwards(modules()[name]) == []


def test_no_cycles():
    try:
        TopologicalSorter({name: uses(module) for name, module in modules().items() if name != INTERFACE}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_import_chain():
    @cache
    def longest(name: str) -> tuple[str, ...]:
        return (name, *max((longest(other) for other in runs(modules()[name])), key=len, default=()))

    chain = max(map(longest, modules().keys() - {INTERFACE}), key=len)
    print(" → ".join(chain))
    budget("import chain", len(chain), CHAIN)


def test_libraries_stay_in_their_modules():
    found: dict[str, set[str]] = {}
    for name, module in modules().items():
        for i in imports(module):
            library = i.target.partition(".")[0]
            if i.target not in modules() and library not in sys.stdlib_module_names:
                folder = "cli.*" if module.wing == "cli/" else name
                found.setdefault(library, set()).add(folder)
    assert found == LIBRARIES


def test_only_loaders_import_by_name():
    dynamic = re.compile(r"(?<!\.)\b(import_module|__import__|exec|eval)\(")
    named = {name for name, module in modules().items() if dynamic.search(module.text)}
    assert named == {"__init__", *LOADERS}  # the package itself loads its interface when it is asked for
    for name, folders in LOADERS.items():
        called = re.findall(r"f\"kexplain\.([\w.]+)\.\{", modules()[name].text)
        assert called == folders


LOUD = {
    "print", "input", "breakpoint", "exit", "quit", "SystemExit",
    "sys.exit", "sys.stdout", "sys.stderr", "sys.argv", "os._exit", "os.abort",
    "os.environ", "os.getenv", "os.get_terminal_size", "shutil.get_terminal_size", "click.echo",
    "warnings.warn", "logging.getLogger",
}  # fmt: skip


def loud(module: Module) -> list[str]:
    """Where a module prints, exits or looks at the environment, by whatever name it imported that."""
    called = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            called |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            called |= {alias.asname or alias.name: alias.name for alias in node.names}
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            whole = f"{called.get(first, first)}.{rest}".rstrip(".")
            found += [f"line {node.lineno}: {whole}"] if whole in LOUD else []
    return found


STARTERS = {"files.program"}
"""Modules that start another program, which inherits the environment and something on top; they read none of it."""
FORKERS = {"engine.shares"}
"""Modules that fork this process: the child ends where it stands, and this one goes on."""


@for_each([n for n, m in modules().items() if m.wing != "cli/"])
def test_only_the_command_line_prints_exits_or_reads_the_environment(name):
    passed_on = {"os.environ"} if name in STARTERS else {"os._exit"} if name in FORKERS else set()
    assert {place.rpartition(" ")[2] for place in loud(modules()[name])} == passed_on


def test_the_command_line_is_seen_to_print_and_exit():
    said = {place.rpartition(" ")[2] for m in modules().values() if m.wing == "cli/" for place in loud(m)}
    assert {"click.echo", "os.environ", "sys.exit", "os.get_terminal_size"} <= said


@pytest.mark.parametrize("wing", LAYERS)
def test_wing_is_small(wing: str) -> None:
    measured = sum(lines(module.text) for module in modules().values() if module.wing == wing)
    assert measured <= LAYERS[wing], f"{wing}: {measured} lines; CONTRIBUTING grants {LAYERS[wing]}"


@for_each(modules())
def test_module_is_small(name):
    budget(f"module {name}", lines(modules()[name].text), MODULE)


@for_each(modules())
def test_functions_are_small(name):
    """From ``def`` to the last line: decorators, which hold a command's options, are not counted."""
    text = modules()[name].text.splitlines()
    for node in ast.walk(modules()[name].tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            measured = lines("\n".join(text[node.lineno - 1 : node.end_lineno]))
            budget(f"function {name}.{node.name}", measured, FUNCTION)


def test_what_is_over_budget_exists():
    words = {"import chain"}
    named = [name.partition(" ")[2] for name in OVER if name not in words]
    assert all(name in modules() or name.rpartition(".")[0] in modules() for name in named)
