"""Measures kexplain against the cost nobody can avoid: loading the YAML, and starting Python."""

import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

import kexplain

RUNS = 5
SMALL = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.2.0
          resources:
            requests: {cpu: 250m, memory: 128Mi}
            limits: {memory: 256Mi}
"""


def median_seconds(action: Callable[[], object]) -> float:
    """The median duration of RUNS calls, after one that is not counted."""
    action()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def load_all(folder: Path) -> None:
    """Loads every manifest of a folder with PyYAML's C loader; what it cannot load ends that file."""
    for path in sorted(p for ending in ("*.yaml", "*.yml", "*.json") for p in folder.rglob(ending)):
        try:
            for _ in yaml.load_all(path.read_bytes(), Loader=yaml.CSafeLoader):
                pass
        except yaml.YAMLError:
            continue


def process(*arguments: str) -> Callable[[], object]:
    """A whole process of this Python with its output thrown away."""
    return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=False)


def main() -> None:
    """Prints one line per comparison."""
    root = Path(__file__).parent.parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else root.parent / "shared" / "corpus"
    compileall.compile_dir(str(Path(kexplain.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as scratch:
        small = Path(scratch) / "web.yaml"
        small.write_text(SMALL, encoding="utf-8")
        one, start = (
            median_seconds(process("-m", "kexplain", "lint", str(small))),
            median_seconds(process("-c", "pass")),
        )
        print(
            f"one small manifest: {one * 1000:.0f} ms, python -c pass: {start * 1000:.0f} ms, "
            f"ratio {one / start:.1f} (wanted: 8)"
        )
    if not folder.is_dir():
        print(f"no folder {folder}: name one to measure a whole repository")
        return
    load = median_seconds(lambda: load_all(folder))
    for jobs, name in (("1", "one process"), ("0", "all cores")):
        lint = median_seconds(process("-m", "kexplain", "lint", "--jobs", jobs, str(folder)))
        ratio = f"ratio {lint / load:.2f} (wanted: 1.4)"
        print(f"{folder.name}, {name}: lint {lint:.2f} s, CSafeLoader {load:.2f} s, {ratio}")


if __name__ == "__main__":
    main()
