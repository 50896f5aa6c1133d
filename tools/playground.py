"""Builds the page in the browser: ``python tools/playground.py FOLDER`` writes all it needs into a folder to serve.

Needs npm, which fetches Python for the browser (playground/package.json), and the packages of this environment: of
those that kexplain uses there, the parts written in Python are copied. No file of the page comes from elsewhere.
"""

import hashlib
import importlib.util
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "playground"
LIBRARIES = ("kexplain", "yaml", "click", "jinja2", "markupsafe", "markdown_it", "mdurl", "cron_descriptor",
             "ruamel.yaml")  # fmt: skip
"""What is imported while a page is made."""
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
COMPILED = {".so", ".pyd", ".pyi", ".pyx", ".c"}
NOT_WANTED = {"__pycache__", "cluster"}
STAMP = (2020, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same sources make the same bytes."""


def build(target: Path) -> None:
    """Writes the page. Raises CalledProcessError where npm fails."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("playground.css", "playground.js", "worker.js"):
        shutil.copy(SOURCE / name, target / name)
    (target / "kexplain.zip").write_bytes(library())
    copy_runtime(target / "pyodide")
    scripts, styles = hashes()
    page = (SOURCE / "index.html").read_text(encoding="utf-8")
    (target / "index.html").write_text(page.replace("@SCRIPTS@", scripts).replace("@STYLES@", styles), encoding="utf-8")
    files = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    files = [name for name in files if name != "offline.js"]
    mark = hashlib.sha256(b"".join((target / name).read_bytes() for name in files)).hexdigest()[:12]
    offline = (SOURCE / "offline.js").read_text(encoding="utf-8")
    offline = offline.replace("@BUILD@", mark).replace("@FILES@", json.dumps(["./", *files]))
    (target / "offline.js").write_text(offline, encoding="utf-8")


def library() -> bytes:
    """The archive of what Python imports there."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(library_files()):
            archive.writestr(zipfile.ZipInfo(name, STAMP), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def library_files() -> Iterator[tuple[str, Path]]:
    """Each file of the archive: its name there, and where it lies here."""
    yield "browser.py", SOURCE / "browser.py"
    for package in LIBRARIES:
        found = importlib.util.find_spec(package)
        if found is None or not found.submodule_search_locations:
            raise SystemExit(f"{package} is not installed here; pip install -e '.[dev]'")
        folder = Path(found.submodule_search_locations[0])
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            if path.is_file() and path.suffix not in COMPILED and not NOT_WANTED & {*inside.parts}:
                yield f"{package.replace('.', '/')}/{inside.as_posix()}", path


def copy_runtime(target: Path) -> None:
    """Copies Python for the browser, fetching it where it is not there yet."""
    if not (SOURCE / "node_modules" / "pyodide").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        subprocess.run(command, cwd=SOURCE, check=True)
    target.mkdir(exist_ok=True)
    for name in RUNTIME:
        shutil.copy(SOURCE / "node_modules" / "pyodide" / name, target / name)


def hashes() -> tuple[str, str]:
    """The scripts and styles of the page that kexplain writes, which this page's policy must know too."""
    from kexplain.output.annotated.html import asset, digest

    return f"'{digest(asset('page.js'))}'", f"'{digest(asset('page.css'))}'"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    build(Path(sys.argv[1]))
