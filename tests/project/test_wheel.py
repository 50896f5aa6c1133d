"""What users install: the wheel holds what it needs and little else, and every command works from any folder.

The wheel is built from the sdist, so that the sdist is known to be whole. The environment it is installed into has no
pip and sees nothing of this one. Where pip reaches no index, the libraries of this environment are lent to it, because
the commands can be tried all the same; the size and the editable install, whose build is isolated, are skipped then.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from support import ROOT, copy_checkout, execute, no_index

from kexplain.api.release import BUNDLED
from kexplain.cli.options import FORMATS, LAYOUTS

MIB = 1024 * 1024
WHEEL, INSTALLED = 3 * MIB, 60 * MIB
VERSIONS = {f"1.{minor}" for minor in range(25, 38)}
DATA = {
    *(f"{part}-{version}" for part in ("types", "docs") for version in (*VERSIONS, "removed")),
    "texts", "lifecycle", "resources", "terms", "term-index", "rules", "rule-articles", "field-index",
    "field-words", "fields", "references",
    "provided", "peer-checks", "custom-words",
    "custom-groups", "custom-kinds", *(f"custom-{path.stem}" for path in (ROOT / "api" / "custom").glob("*.json")),
}  # fmt: skip
"""Names without their ending."""
BAD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: registry.example/web:latest
"""

Run = subprocess.CompletedProcess[str]


def must(done: Run) -> Run:
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("clone") / "kexplain")


@pytest.fixture(scope="module")
def sdist(checkout: Path) -> Path:
    must(execute(sys.executable, "-m", "hatchling", "build", "-t", "sdist", folder=checkout))
    (found,) = (checkout / "dist").glob("*.tar.gz")
    return found


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    unpacked = tmp_path_factory.mktemp("sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(unpacked, filter="data")
    (source,) = unpacked.iterdir()
    must(execute(sys.executable, "-m", "hatchling", "build", "-t", "wheel", folder=source))
    (found,) = (source / "dist").glob("*.whl")
    return found


class Environment:
    """A virtual environment without pip."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=False)
        scheme = sysconfig.get_preferred_scheme("prefix")
        paths = sysconfig.get_paths("venv" if "venv" in sysconfig.get_scheme_names() else scheme, {"base": str(folder)})
        self.packages = Path(paths["purelib"])
        self.scripts = Path(paths["scripts"])
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")

    def install(self, *what: object) -> None:
        pip = (sys.executable, "-m", "pip", "--python", self.python, "install", "-q", "--no-warn-script-location")
        must(execute(*pip, *what, folder=self.scripts))

    def lend(self, *folders: object) -> None:
        """Lets it import what lies in other folders, after what it has itself."""
        (self.packages / "zz-lent.pth").write_text("\n".join(map(str, folders)), encoding="utf-8")

    def kexplain(self, *arguments: object, folder: Path, **environment: str) -> Run:
        return execute(self.scripts / "kexplain", *arguments, folder=folder, **environment)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    environment = Environment(tmp_path_factory.mktemp("wheel") / "venv")
    if no_index():
        environment.install("--no-deps", wheel)
        environment.lend(sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
    else:
        environment.install(wheel)
    return environment


@pytest.fixture(scope="module")
def editable(checkout: Path, installed: Environment, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The copy of the checkout as ``pip install -e`` installs it, with the libraries of the wheel's environment."""
    if no_index():
        pytest.skip(no_index())
    environment = Environment(tmp_path_factory.mktemp("editable") / "venv")
    environment.install("--no-deps", "-e", checkout)
    environment.lend(installed.packages)
    return environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "web.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


# the archives


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_wheel_is_small(wheel):
    assert wheel.stat().st_size <= WHEEL


def test_wheel_holds_the_generated_data_and_nothing_else_of_it(wheel):
    data = (name.removeprefix("kexplain/_data/") for name in names(wheel) if name.startswith("kexplain/_data/"))
    assert sorted(name.rpartition(".")[0] for name in data if not name.endswith(".stamp")) == sorted(DATA)
    assert {f"1.{minor}" for minor in BUNDLED} == VERSIONS


def test_wheel_holds_the_package_and_no_sources_of_its_data(wheel, checkout):
    package = checkout / "src" / "kexplain"
    sources = {
        f"kexplain/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and "_data" not in path.parts and "__pycache__" not in path.parts
    }
    rest = {name for name in names(wheel) if not name.startswith("kexplain/_data/")}
    assert {name for name in rest if not re.match(r"kexplain-[^/]+\.dist-info/", name)} == sources
    assert "kexplain/py.typed" in sources
    assert not [name for name in rest if name.endswith((".md", ".tsv"))]


def test_wheel_names_no_folder_of_the_machine_it_was_built_on(wheel):
    home = os.fsencode(Path(wheel).parents[2])
    with zipfile.ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if home in archive.read(name)] == []


def test_sdist_has_the_sources_and_not_what_is_made_from_them(sdist):
    with tarfile.open(sdist) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    needed = {
        "LICENSE",
        "README.md",
        "hatch_build.py",
        "NOTICE",
        "tools/pack_api.py",
        "api/lifecycle.tsv",
        "api/custom/cert-manager.io.json",
        "rules/security/host-pid.md",
    }
    assert needed <= found
    assert not [name for name in found if "_data" in name or "__pycache__" in name]


# the installed command


def test_all_that_is_installed_is_small(installed):
    if no_index():
        pytest.skip(no_index())
    size = sum(path.stat().st_size for path in installed.packages.rglob("*") if path.is_file())
    packages = sorted(path.name for path in installed.packages.iterdir())
    assert size <= INSTALLED, packages
    assert not [name for name in packages if name.startswith(("kubernetes", "pip", "setuptools"))]


def test_version(installed, folder):
    by_name = must(installed.kexplain("-V", folder=folder)).stdout
    as_module = must(execute(installed.python, "-m", "kexplain", "--version", folder=folder)).stdout
    assert re.fullmatch(r"kexplain \d+\.\d+\.\d+\n", by_name)
    assert as_module == by_name


@pytest.mark.parametrize("name", FORMATS)
def test_lint(installed, folder, name):
    done = installed.kexplain("lint", "web.yaml", "--select", "host-network", "-o", name, folder=folder)
    assert done.returncode == 1, done.stderr
    assert "host-network" in done.stdout
    assert done.stderr.startswith("1 warning in 1 object of 1 file") or done.stderr.startswith("1 error in 1 object")


def test_lint_of_a_folder(installed, folder):
    done = execute(installed.python, "-m", "kexplain", "lint", "-o", "json", folder=folder)
    assert done.returncode == 1
    assert {finding["path"] for finding in json.loads(done.stdout)["findings"]} == {"web.yaml"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_annotate(installed, folder, name):
    done = must(installed.kexplain("annotate", "web.yaml", "-o", name, folder=folder))
    assert "registry.example/web" in done.stdout
    assert "hostNetwork" in done.stdout
    assert done.stderr == ""


def test_annotate_in_place_and_back(installed, folder):
    must(installed.kexplain("annotate", "--write", "web.yaml", folder=folder))
    assert len((folder / "web.yaml").read_text(encoding="utf-8").splitlines()) > len(BAD.splitlines())
    must(installed.kexplain("annotate", "--remove", "web.yaml", folder=folder))
    assert (folder / "web.yaml").read_text(encoding="utf-8") == BAD


@pytest.mark.parametrize(
    ("name", "kind"),
    [("liveness probe", "term"), ("po", "kind"), ("deployment.spec.strategy", "field"), ("host-pid", "rule")],
)
def test_explain(installed, folder, name, kind):
    found = json.loads(must(installed.kexplain("explain", name, "-o", "json", folder=folder)).stdout)
    texts = {record["kind"]: record["text"] for record in (found if isinstance(found, list) else [found])}
    assert texts[kind]


def test_explain_a_place(installed, folder):
    assert "node" in must(installed.kexplain("explain", "web.yaml:6", folder=folder)).stdout


@pytest.mark.parametrize("name", ["rules", "terms"])
def test_catalogues(installed, checkout, folder, name):
    listed = must(installed.kexplain(name, folder=folder)).stdout.splitlines()
    records = json.loads(must(installed.kexplain(name, "--format", "json", folder=folder)).stdout)
    files = (checkout / {"rules": "rules", "terms": "glossary"}[name]).rglob("*.md")
    written = {path.stem for path in files} - {"README"}
    assert len(listed) == len(records) + 1
    ids = {record["id"] for record in records}
    assert written <= ids
    assert len(ids) == len(records)
    if name == "rules":
        assert ids == written


SHELLS = {"bash": ("bash", "-n"), "zsh": ("zsh", "-n"), "fish": ("fish", "--no-execute")}


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_is_a_script_of_the_shell(installed, folder, shell):
    script = must(installed.kexplain("completion", shell, folder=folder)).stdout
    assert f"_KEXPLAIN_COMPLETE={shell}_complete" in script
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed here")
    (folder / "script").write_text(script, encoding="utf-8")
    assert must(execute(*SHELLS[shell], "script", folder=folder)).stderr == ""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("kexplain li", "lint"), ("kexplain lint --prof", "--profile"), ("kexplain rules -o j", "json")],
)
def test_completion_completes(installed, folder, typed, offered):
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = installed.kexplain(folder=folder, _KEXPLAIN_COMPLETE="bash_complete", **words)
    assert offered in {line.partition(",")[2] for line in done.stdout.splitlines()}


# wheel and checkout


@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "--format", "json"),
        ("terms", "--format", "json"),
        ("lint", "--format", "json", "--profile", "pedantic", "."),
        ("annotate", "--format", "json", "web.yaml", "shop.yaml"),
        ("explain", "deployment.spec.strategy"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_wheel_and_editable_install_answer_the_same(installed, editable, folder, arguments):
    shutil.copy(ROOT / "examples" / "web.yaml", folder / "shop.yaml")
    one, other = (environment.kexplain(*arguments, folder=folder) for environment in (installed, editable))
    assert one.returncode == other.returncode != 2, one.stderr
    assert one.stdout == other.stdout != ""
    assert one.stderr == other.stderr


def test_editable_install_runs_from_the_checkout(editable, checkout, folder):
    where = must(execute(editable.python, "-c", "import kexplain; print(kexplain.__file__)", folder=folder)).stdout
    assert Path(where.strip()) == checkout / "src" / "kexplain" / "__init__.py"


COMPILES = """
import sys
from kexplain.catalogue import compiler
compiler.refresh()
print("read" if "kexplain.catalogue.article" in sys.modules or "yaml" in sys.modules else "not read")
"""


def reads_articles(environment: Environment, folder: Path) -> bool:
    """Whether a start of this environment parses the folders of rules and terms."""
    said = must(execute(environment.python, "-c", COMPILES, folder=folder)).stdout.strip()
    assert said in {"read", "not read"}
    return said == "read"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


WHY = "\n## Why it matters\n\nDucks quack.\n"
TERM = "---\ntitle: odd thing\ndomain: workloads\nsource: https://example.org/odd\n---\nA thing that is odd.\n"


@pytest.mark.parametrize(
    ("file", "change", "name", "shown"),
    [
        ("glossary/workloads/probe.md", lambda path: append(path, "Ducks quack."), "probe", "Ducks quack."),
        ("rules/security/host-pid.md", lambda path: append(path, WHY), "host-pid", "Ducks quack."),
        ("glossary/workloads/odd-thing.md", lambda path: path.write_text(TERM), "odd-thing", "A thing that is odd."),
        ("glossary/workloads/odd-thing.md", lambda path: path.unlink(), "odd-thing", None),
    ],
)
def test_checkout_compiles_again_only_when_a_file_changes(editable, checkout, folder, file, change, name, shown):
    must(editable.kexplain("rules", folder=folder))
    assert not reads_articles(editable, folder)
    change(checkout / file)
    assert reads_articles(editable, folder)
    assert not reads_articles(editable, folder)
    done = editable.kexplain("explain", name, folder=folder)
    if shown is None:
        assert done.returncode == 1
    else:
        assert shown in must(done).stdout


def test_wheel_never_reads_articles(installed, folder):
    assert not reads_articles(installed, folder)
