"""Build hook: packs the Kubernetes API types and compiles the catalogues into src/kexplain/_data."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataBuildHook(BuildHookInterface[Any]):
    """Writes the generated data before hatchling collects the files of a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Runs for wheels and editable installs; an sdist carries the sources instead."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path[:0] = [str(root / "src"), str(root / "tools")]
        import pack_api
        import pack_custom
        from kexplain.catalogue import compiler

        data = root / "src" / "kexplain" / "_data"
        pack_api.write(data)
        pack_custom.write(data)
        compiler.write(data, compiler.compile_folders(root))
