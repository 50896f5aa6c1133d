"""Suppressing the findings at hand by overrides of the configuration: an entry for each object or file."""

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from kexplain.config.file import located
from kexplain.edits.placing import Left
from kexplain.edits.request import Request
from kexplain.engine.finding import Finding
from kexplain.engine.report import Report
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS

Entry = dict[str, Any]
Place = tuple[str, str, str, str, str]
"""File, kind, namespace, name and container that an entry holds for; what is empty it does not name."""


class Overridden(NamedTuple):
    """The overrides that suppress findings, the findings they are for, and those that are ``left``, with why."""

    entries: list[Entry]
    findings: list[Finding]
    left: Left


def override(
    report: Report, rules: Collection[str], request: Request, path: str, again: Callable[[list[Entry]], Report]
) -> Overridden:
    """Overrides for every finding of some rules that a report has, as the configuration at a path writes them.

    ``again`` is the same run with further overrides: it shows whether they hold.
    """
    left: Left = []
    places: dict[Place, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.rule.id in ABOUT_SUPPRESSIONS and finding.rule.id in rules:
            left.append((finding, "fix the suppression itself"))
        elif finding.rule.id in rules:
            places[place_of(finding)].append(finding)
    folder = os.path.dirname(path)
    wanted = [(entry_for(place, found, request, folder), found) for place, found in places.items()]
    checked = again(located("overrides", [entry for entry, _ in wanted], path))
    still = Counter(finding.fingerprint for finding in checked.findings)
    entries, done = [], []
    for entry, found in wanted:
        if any(still[finding.fingerprint] for finding in found):
            left += [(finding, "a second run still reports it; no override is written for it") for finding in found]
        else:
            entries.append(entry)
            done += found
    return Overridden(entries, done, left)


def place_of(finding: Finding) -> Place:
    """What an override for a finding has to name."""
    identity = finding.identity
    return finding.place.path, identity.kind, identity.namespace, identity.name, finding.container


def entry_for(place: Place, findings: list[Finding], request: Request, folder: str) -> Entry:
    """The override for findings of one place."""
    path, kind, namespace, name, container = place
    entry: Entry = {"paths": [glob_of(path, folder)]}
    named = {"kinds": kind, "namespaces": namespace, "names": name, "containers": container}
    entry |= {key: [re.sub(r"([*?[])", r"[\1]", text)] for key, text in named.items() if text}
    entry |= {"ignore": sorted({finding.rule.id for finding in findings}), "reason": request.reason}
    return entry | ({"until": str(request.until)} if request.until else {})


def glob_of(path: str, folder: str) -> str:
    """The pattern that only this file fits, from the folder of a configuration."""
    relative = os.path.relpath(path, folder or ".").replace(os.sep, "/")
    escaped = re.sub(r"([*?[\]\\!#])", r"\\\1", relative)
    return escaped if relative.startswith("../") else f"/{escaped}"
