"""The shape of the source: imports go down the layers, libraries stay in their module, and everything stays small.

Lines are counted without blank ones; comments and docstrings count, since a reader reads them.
"""

import ast
import re
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "kexplain"

# One ordered list: a module may import those that stand before it. A name with a slash is a whole folder, whose modules
# may import each other. What a folder holds is found by file name and loaded by the module of the singular name
# (LOADERS), which is no import in this sense: the loader knows their interface, not them.
LAYERS = """
    __init__  source  data  tree  release  place  article             # text, trees, versions, places
    scalar  shape  condition  position  soundness                                 # what a text means by itself
    schema  lifecycle  resource  nonmanifest  link          # what the API is
    compiled  complaint  parse  kustomize  secret  sources/  walk     # one catalogue, one document, where it comes from
    rule  term  value  catalogue                                      # the words, by position
    finding  format  summary                                          # what a run says
    manifest  crd  workspace                                          # what the documents are
    check  domain/  values/  checks/  patterns/                       # one file each, and what they share
    linter  annotator  explainer                                      # what is done with documents
    explanation  layout  layouts/  rewrite  formats/                  # how it is shown
    settings  config  parameters  own_rule  own_rules  examples  suppression  filter  filters/  gather  run  library             # what a run is asked for
    console  options  commands/  cli  __main__
"""
LOADERS = {"rule": "checks", "term": "patterns", "value": "values", "format": "formats", "layout": "layouts",
           "filter": "filters", "cli": "commands"}  # fmt: skip

# Which modules may import what is neither kexplain's nor Python's own.
LIBRARIES = {
    "yaml": {"article", "complaint", "parse", "sources.cluster_text"},
    "jsonschema": {"condition", "compiled"},
    "rich": {"layouts.terminal"},
    "cron_descriptor": {"values.cron"},
    "jinja2": {"layouts.html"},
    "markdown_it": {"layouts._prose"},
    "markupsafe": {"layouts._prose", "layouts.html"},
    "kubernetes": {"sources.api_server"},
    "urllib3": {"sources.api_server"},
    "click": {"cli", "console", "options", "commands.*", "explanation", "formats.text", "layouts.terminal"},
}

# Imports for annotations only, which no run executes: importer → imported.
FOR_TYPES = {
    "settings": {"manifest"},
    "__init__": {"annotator", "data", "explainer", "finding", "library"},
    "console": {"format"},
    "options": {"release"},
    "compiled": {"article"},
    "finding": {"rule"},
    "secret": {"finding", "manifest"},
    "layout": {"annotator"},
    "term": {"walk"},
    "value": {"walk"},
    "walk": {"manifest"},
}

CORE, MODULE, FUNCTION, CHAIN = 3_500, 300, 40, 9
INSTANCES = {"checks", "patterns", "values", "formats", "layouts", "sources", "domain", "filters", "commands"}
"""The folders that do not count as core: one file per thing, and in domain/ what those files share."""

# What is over its budget: how much it may be until it is mended, and why that is right. An empty reason is a debt.
OVER: dict[str, tuple[int, str]] = {
    "core": (
        4_750,
        "configuration, suppression, filters, own rules with parameters and the library came on top of an engine that filled the budget",
    ),
}


class Module(NamedTuple):
    name: str
    """Without ``kexplain.``; the package itself is ``__init__``, a folder's own is its name."""
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        return self.name.partition(".")[0] if (SOURCE / self.name.partition(".")[0]).is_dir() else ""


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
    """The rank of every module in LAYERS: of its own entry, or its folder's; -1 for one that has none yet."""
    order = {name: number for number, name in enumerate(entries())}
    return {name: order.get(entry(module), -1) for name, module in modules().items()}


def entries() -> list[str]:
    return re.sub(r"#.*", "", LAYERS).split()


def entry(module: Module) -> str:
    return f"{module.folder}/" if module.folder else module.name


def uses(module: Module) -> set[str]:
    """The modules of kexplain that this one imports when it runs."""
    return {i.target for i in imports(module) if i.target in modules() and i.target != module.name and not i.for_types}


def lines(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def budget(name: str, measured: int, limit: int) -> None:
    """Fails over the limit, or over what OVER grants; and where OVER grants what is not needed any more."""
    granted, _ = OVER.get(name, (limit, ""))
    assert measured <= granted, f"{name}: {measured}, at most {limit}"
    if name in OVER:
        assert measured > limit, f"{name}: {measured} keeps its budget of {limit} again: take it out of OVER"


def test_layers_name_every_module_once():
    assert sorted(entries()) == sorted({entry(module) for module in modules().values()})


def upwards(module: Module, *, for_types: bool) -> list[str]:
    """What a module imports although it does not stand before it, folder mates aside."""
    return [
        f"line {i.line}: {i.target}"
        for i in imports(module)
        if i.target in modules()
        and i.for_types == for_types
        and ranks()[i.target] >= ranks()[module.name] != -1
        and not (module.folder and module.folder == modules()[i.target].folder)
    ]


@pytest.mark.parametrize("name", modules())
def test_imports_go_down(name):
    assert upwards(modules()[name], for_types=False) == []


def test_no_cycles():
    try:
        TopologicalSorter({name: uses(module) for name, module in modules().items()}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_import_chain():
    @cache
    def longest(name: str) -> tuple[str, ...]:
        return (name, *max((longest(other) for other in uses(modules()[name])), key=len, default=()))

    chain = max(map(longest, modules()), key=len)
    print(" → ".join(chain))
    budget("import chain", len(chain), CHAIN)


def test_imports_for_types_are_listed():
    found = {
        name: {i.target for i in imports(module) if i.for_types and i.target in modules()}
        for name, module in modules().items()
        if module.folder not in INSTANCES
    }
    assert {name: targets for name, targets in found.items() if targets} == FOR_TYPES


@pytest.mark.parametrize("name", [module.name for module in modules().values() if module.folder in INSTANCES])
def test_instances_import_for_types_only_what_they_could_import(name):
    assert upwards(modules()[name], for_types=True) == []


def test_libraries_stay_in_their_modules():
    found: dict[str, set[str]] = {}
    for name, module in modules().items():
        for i in imports(module):
            library = i.target.partition(".")[0]
            if i.target not in modules() and library not in sys.stdlib_module_names:
                folder = f"{module.folder}.*" if module.folder == "commands" else name
                found.setdefault(library, set()).add(folder)
    assert found == LIBRARIES


def test_only_loaders_import_by_name():
    dynamic = re.compile(r"\b(import_module|__import__|exec|eval)\(")
    named = {name for name, module in modules().items() if dynamic.search(module.text)}
    assert named == {"__init__", *LOADERS}  # the package itself loads its interface when it is asked for
    for name, folder in LOADERS.items():
        called = re.findall(r"import_module\(f\"kexplain\.(\w+)\.", modules()[name].text)
        assert called == [folder]


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


SPEAKERS = {"cli", "console"}
STARTERS = {"sources.program"}
"""Modules that start another program, which inherits the environment and something on top; they read none of it."""


@pytest.mark.parametrize("name", [n for n, m in modules().items() if n not in SPEAKERS and m.folder != "commands"])
def test_only_the_command_line_prints_exits_or_reads_the_environment(name):
    passed_on = {"os.environ"} if name in STARTERS else set()
    assert {place.rpartition(" ")[2] for place in loud(modules()[name])} == passed_on


def test_the_command_line_is_seen_to_print_and_exit():
    said = {place.rpartition(" ")[2] for name in SPEAKERS for place in loud(modules()[name])}
    assert {"click.echo", "os.environ", "sys.exit", "os.get_terminal_size"} <= said


def test_core_is_small():
    budget("core", sum(lines(module.text) for module in modules().values() if module.folder not in INSTANCES), CORE)


@pytest.mark.parametrize("name", modules())
def test_module_is_small(name):
    budget(f"module {name}", lines(modules()[name].text), MODULE)


@pytest.mark.parametrize("name", modules())
def test_functions_are_small(name):
    """From ``def`` to the last line: decorators, which hold a command's options, are not counted."""
    text = modules()[name].text.splitlines()
    for node in ast.walk(modules()[name].tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            measured = lines("\n".join(text[node.lineno - 1 : node.end_lineno]))
            budget(f"function {name}.{node.name}", measured, FUNCTION)


def test_what_is_over_budget_exists():
    words = {"core", "import chain"}
    named = [name.partition(" ")[2] for name in OVER if name not in words]
    assert all(name in modules() or name.rpartition(".")[0] in modules() for name in named)
