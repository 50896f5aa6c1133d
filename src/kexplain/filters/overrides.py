"""Overrides of the configuration: findings of some files or objects kept back, or given another severity."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from kexplain.catalogue.rule import Rule, facets_of
from kexplain.catalogue.selection import UnknownRuleError, meant
from kexplain.catalogue.severity import Severity
from kexplain.config.file import read, tree_in, yaml_tree
from kexplain.config.own_rules import known_rules
from kexplain.config.settings import Settings
from kexplain.engine.finding import Finding, finding_at
from kexplain.engine.report import Ground, KeptBack, Report
from kexplain.errors import InputError
from kexplain.files.gitignore import Ignored
from kexplain.objects.suppression import ABOUT_SUPPRESSIONS, day, has_ended
from kexplain.syntax.source import Source
from kexplain.syntax.tree import Sequence, Span, items
from kexplain.words import hint

EXPIRED = ABOUT_SUPPRESSIONS[2]


class Override:
    """One entry, its names resolved. Raises InputError for a rule or a date that is none, and where it does nothing."""

    def __init__(self, entry: Mapping[str, Any], known: Mapping[str, Rule]) -> None:
        self.entry = entry
        self.reason: str = entry.get("reason", "")
        self.until = last_day(entry.get("until"))
        self.ignored = {id_ for name in entry.get("ignore", ()) for id_ in ids_of(name, known)}
        levels = entry.get("severity", {}).items()
        self.severity = {id_: Severity(level) for name, level in levels for id_ in ids_of(name, known)}
        if not self.ignored and not self.severity:
            raise InputError("it does nothing; give it 'ignore' or 'severity', or delete it")
        self.in_paths = cache(Ignored(entry["paths"], gitignore=False).leaves_out) if "paths" in entry else None

    def holds(self, finding: Finding) -> bool:
        """Whether all that the entry names fits a finding."""
        identity = finding.identity
        said = (
            ("kinds", identity.kind),
            ("names", identity.name),
            ("namespaces", identity.namespace),
            ("containers", finding.container),
        )
        if not all(fits(self.entry[field], text) for field, text in said if field in self.entry):
            return False
        return self.in_paths is None or self.in_paths(finding.place.path)


def apply(report: Report, settings: Settings) -> Report:
    """Applies the entries, the later over the earlier. Raises InputError for one that cannot be understood."""
    known = known_rules(settings.rule_folders).beside(report.rules)
    entries = []
    for number, entry in enumerate(settings.overrides):
        try:
            entries.append(Override(entry, known))
        except InputError as error:
            raise type(error)(f"{where(settings, number)}: {error}") from error
    holding = [entry for entry in entries if not has_ended(entry.until)]
    dropped, kept = [], []
    for finding in report.findings:
        rule, weighed, by = finding.rule.id, finding, None
        for override in holding:
            if (rule in override.ignored or rule in override.severity) and override.holds(finding):
                weighed = weighed._replace(severity=override.severity.get(rule, weighed.severity))
                if rule in override.ignored and settings.suppress:
                    by = override
        kept.append(weighed)
        if by:
            dropped.append(KeptBack(weighed, Ground.CONFIGURATION, by.reason, by.until))
    report = replace(report, findings=kept).keeping_back(dropped)
    if settings.suppress and EXPIRED in report.rules:
        places, notes = expired(entries, report, settings)
        report = report.finding(places).noting(*notes)
    return report


def fits(patterns: list[str], text: str) -> bool:
    """Whether a name is there and fits one of the patterns."""
    return bool(text) and any(fnmatchcase(text, pattern) for pattern in patterns)


def ids_of(name: str, known: Mapping[str, Rule]) -> set[str]:
    """The rules that a name means. Raises UnknownRuleError."""
    found = meant(name, facets_of(known).values())
    if not found:
        raise UnknownRuleError(f"no rule or category is called {name!r}{hint(name, known)}")
    return found


def last_day(text: object) -> date | None:
    """The date of an entry. Raises InputError."""
    if text is None:
        return None
    found = day(str(text))
    if found is None:
        raise InputError(f"until: {text!r} is not a date; write it as 2027-03-31")
    return found


def expired(entries: list[Override], report: Report, settings: Settings) -> tuple[list[Finding], list[str]]:
    """What is to be said of entries whose last day is over: at their place, or as a note where that is not known."""
    found, notes = [], []
    for number, entry in enumerate(entries):
        if not has_ended(entry.until):
            continue
        names = ", ".join([*entry.entry.get("ignore", ()), *entry.entry.get("severity", ())])
        values = {"names": names, "until": entry.until}
        place = place_in(settings, number, str(entry.until))
        if place:
            source, span = place
            found.append(finding_at(report.rules[EXPIRED], source, span, values))
        else:
            notes.append(f"overrides[{number}]: {report.rules[EXPIRED].message.format_map(values)}")
    return found, notes


def where(settings: Settings, number: int) -> str:
    """The file of an entry and its number there; those of the files that are extended come first."""
    files = [*settings.extended, settings.config] if settings.config else []
    own = [(file, n) for file in files for n in range(len(items(tree_in(file)[1].get("overrides"))))]
    if len(own) != len(settings.overrides):  # a program may give others, and a file may be extended twice
        return f"overrides[{number}]"
    file, index = own[number]
    return f"{file}: overrides[{index}]"


def place_in(settings: Settings, number: int, until: str) -> Any:
    """The configuration's Source and the span of an entry in it, None where it comes from elsewhere.

    Entries of a file that is extended come first; in TOML the date itself is looked for.
    """
    if not settings.config:
        return None
    if settings.config.endswith(".toml"):
        source = Source(settings.config, read(settings.config))
        start = source.text.find(until)
        return (source, Span(start, start + len(until))) if start >= 0 else None
    source, root = yaml_tree(settings.config)
    listed = root.get("overrides")
    own = listed.items if isinstance(listed, Sequence) else []
    index = number - (len(settings.overrides) - len(own))
    return (source, Span(own[index].start, own[index].start + 1)) if index >= 0 else None
