"""Explaining a rule: its article, and its parameters with the values in force."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.explanation import Explanation

PARTS = (("why", "Why it matters"), ("fix", "How to fix"), ("ignore", "When to ignore"))
"""Parts of an article and their headings."""


def of_rule(name: str, own: Mapping[str, Rule]) -> Explanation | None:
    """A rule by its id."""
    rule = own.get(name.lower()) or rules().get(name.lower())
    return rule_explanation(rule) if rule else None


def of_check(name: str, own: Mapping[str, Rule]) -> list[Explanation]:
    """The rules that find what a check of another tool finds: ``CKV_K8S_8``, ``trivy:KSV-0001``, ``KSV001``."""
    tool, _, id_ = name.lower().rpartition(":")
    found = []
    for rule in {**rules(), **own}.values():
        for known in rule.equivalents:
            its_tool, _, its_id = known.partition(":")
            if tool in {"", its_tool.lower()} and bare(id_) in {bare(its_id), bare(its_id.rpartition("/")[2])}:
                explanation = rule_explanation(rule)
                explanation.name = name
                explanation.text = f"{its_tool} calls it {its_id}; here it is the rule {rule.id}.\n\n{explanation.text}"
                found.append(explanation)
                break
    return found


@cache
def bare(id_: str) -> str:
    """The id of a check without what people leave out: ``KSV-0012``, ``ksv012`` and ``KSV12`` are one."""
    return re.sub(r"(?<=[a-z_-])[-_]?0*(?=[1-9])", "", id_.lower().removeprefix("avd-"))


def rule_explanation(rule: Rule) -> Explanation:
    """A rule's article as an explanation."""
    headed = [rule.article["what"], *headed_parts(rule, PARTS)]
    headed += ["Parameters\n" + "\n".join(parameter_lines(rule))] if rule.takes else []
    return Explanation(
        rule.id, "rule", rule.title, "\n\n".join(headed), list(rule.at), list(rule.terms), [], rule.source, rule.id
    )


def reason_and_cure(rule: Rule) -> str:
    """Why a rule matters and how to mend what it finds."""
    return "\n\n".join(headed_parts(rule, PARTS[:2]))


def headed_parts(rule: Rule, parts: Iterable[tuple[str, str]]) -> list[str]:
    """Parts of a rule's article under their headings."""
    return [f"{title}\n{rule.article[part]}" for part, title in parts if rule.article[part]]


def parameter_lines(rule: Rule) -> Iterator[str]:
    """One line for each parameter of a rule, with its default and, where that is another, the value in force."""
    for name, parameter in rule.takes.items():
        default, value = json.dumps(parameter["default"]), json.dumps(rule.parameters[name])
        in_force = f", here {value}" if value != default else ""
        yield f"  {name} (default {default}{in_force}): {parameter['description']}"
