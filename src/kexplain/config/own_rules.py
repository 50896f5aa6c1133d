"""Rules of one's own: which files of the folders that the configuration names are rules, and all rules of a run."""

import os
from collections.abc import Iterable
from functools import lru_cache

from kexplain.catalogue.rule import Rule, Rules, rules
from kexplain.config.settings import Settings
from kexplain.errors import ConfigError

LONGEST = 200_000
"""Bytes of a file; the longest of kexplain's own has 8,000."""
Files = tuple[tuple[str, int], ...]


def all_rules(settings: Settings) -> Rules:
    """Every rule that a run can choose from: kexplain's and those of the rule folders, with their parameters.

    Raises ConfigError for a rule or a parameter that cannot be used.
    """
    known = known_rules(settings.rule_folders)
    if not settings.parameters:
        return known
    from kexplain.config.parameters import with_parameters

    return with_parameters(known, settings)


def known_rules(folders: Iterable[str]) -> Rules:
    """Every rule of a run, by id: kexplain's, and those of some folders. Raises ConfigError with place and mend."""
    files = tuple((path, os.stat(path).st_mtime_ns) for folder in folders for path in files_of(folder))
    return rules().beside(own_rules(files)) if files else rules()


@lru_cache(maxsize=1)
def own_rules(files: Files) -> dict[str, Rule]:
    """The rules of some files; the time of each is there so that one that changed is read again."""
    from kexplain.config.own_rule import read_rule

    found: dict[str, Rule] = {}
    for path, _ in files:
        rule = read_rule(path)
        if rule.id in found:
            raise ConfigError(f"{path}: {found[rule.id].path} is already called {rule.id!r}; rename one of the files")
        found[rule.id] = rule
    return found


def files_of(folder: str) -> list[str]:
    """The rules of a folder, by name. Raises ConfigError for a folder without any, and for a link to elsewhere."""
    if not os.path.isdir(folder):
        raise ConfigError(f"{folder}: rule-folders names it, and there is no such folder")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".md") and name != "README.md")
    if not names:
        raise ConfigError(f"{folder}: rule-folders names it, and no rule (a file NAME.md) is in it")
    inside = os.path.join(os.path.realpath(folder), "")
    for name in names:
        path = os.path.join(folder, name)
        if not os.path.realpath(path).startswith(inside) or not os.path.isfile(path):
            raise ConfigError(f"{path}: a rule is a file in its folder, not a link to elsewhere")
        if os.path.getsize(path) > LONGEST:
            raise ConfigError(f"{path}: longer than {LONGEST:,} bytes; a rule is one article")
    return [os.path.join(folder, name).replace(os.sep, "/") for name in names]
