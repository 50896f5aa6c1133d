"""The tools: lint, explain, annotate, fix preview, skeleton, as functions from words to text; they write nothing.

A path is one of the folder that they were given, with links resolved. What a person can mend raises InputError.
"""

import os
from collections.abc import Sequence
from itertools import chain
from types import MappingProxyType

from kexplain.api import schema
from kexplain.api.custom_types import with_custom
from kexplain.config.file import find, load_found
from kexplain.config.settings import Settings, settings_of
from kexplain.edits.change import difference
from kexplain.edits.session import attempt, proposed
from kexplain.engine.annotator import annotated
from kexplain.engine.asked import Asked
from kexplain.engine.explainer import explain as explain_name
from kexplain.engine.sample import sample_of
from kexplain.errors import InputError
from kexplain.files.confines import within
from kexplain.output.explanation import as_text
from kexplain.output.report_format import View, render
from kexplain.output.reports._common import one_line
from kexplain.output.sample import as_yaml
from kexplain.run.run import run

LONGEST = 60_000
"""Characters of an answer."""


class Tools:
    """The tools on one folder, which is the current one of the process."""

    def __init__(self, folder: str) -> None:
        self.root = os.path.realpath(folder)

    def lint(self, paths: Sequence[str] = (), profile: str = "", select: Sequence[str] = (), version: str = "") -> str:
        """What is wrong in files or folders, or in all: a finding a line, why each rule matters, how to fix it."""
        return bounded("".join(render("agent", proposed(self.settings(paths, profile, select, version)), View())))

    def explain(self, name: str, version: str = "") -> str:
        """What a term, kind, field path, value, label, rule or question means."""
        settings = self.settings((), "", (), version)
        return bounded(as_text(explain_name(name, settings.kubernetes_version), View(width=100)))

    def annotate(self, path: str, version: str = "") -> str:
        """A file with the meaning of each field: line, path, value, words."""
        lines: list[str] = []
        for file in annotated(run(self.settings([path], "", (), version))):
            for one in chain.from_iterable(of.annotations for of in file.objects):
                words = " ".join(filter(None, (one.text, one.detail)))
                if words:
                    value = "" if one.value is None else f"={one_line(str(one.value))}"
                    lines.append(f"{file.source.place(one.span.start)[0]} {one.field_path}{value}: {one_line(words)}")
        return bounded("\n".join(lines) or "nothing in it could be explained")

    def fix_preview(
        self, paths: Sequence[str] = (), unsafe: bool = False, select: Sequence[str] = (), version: str = ""
    ) -> str:
        """What fixes would change, as a difference; nothing is written. Unsafe ones change what objects do."""
        made = attempt(self.settings(paths, "", select, version), unsafe=unsafe)
        shown = "".join(chain.from_iterable(difference(c, made.before, made.fixed.report) for c in made.fixed.changes))
        left = (f"not fixed: {f.place.path}:{f.place.line} {f.rule.id}: {why}" for f, why in made.fixed.left)
        return bounded("\n".join(filter(None, (shown or "nothing to fix", *map(one_line, left)))))

    def skeleton(self, kind: str, example: bool = False, version: str = "") -> str:
        """The smallest valid object of a kind as YAML, or a good example of one."""
        settings = self.settings((), "", (), version)
        api = with_custom(schema.load(settings.kubernetes_version), [])
        asked = Asked(api, settings.kubernetes_version, MappingProxyType({}), "")
        return as_yaml(sample_of(kind, asked, good=example))

    def settings(self, paths: Sequence[str], profile: str, select: Sequence[str], version: str) -> Settings:
        """The settings of a call: what it says goes before the configuration of the folder. Raises InputError."""
        for path in paths:
            if not within(path, self.root):
                raise InputError(f"{path} lies outside of {self.root}; name a path below it")
        chosen = {
            "paths": tuple(paths) or (".",), "profile": profile or None, "select": tuple(select) or None,
            "kubernetes_version": version or None,
        }  # fmt: skip
        found = find(".")
        settings = settings_of(chosen, load_found(found) if found else None)
        return settings._replace(render=False, cluster=False, update_baseline=False)


def bounded(text: str) -> str:
    """A text of at most so many characters; what is left out is said."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}\n… {len(text) - LONGEST} characters more; ask about fewer files or rules\n"
