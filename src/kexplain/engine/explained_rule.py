"""Explaining a rule: its article, and its parameters with the values in force."""

import json
from collections.abc import Iterator, Mapping

from kexplain.catalogue.rule import Rule, rules
from kexplain.engine.explanation import Explanation


def of_rule(name: str, own: Mapping[str, Rule]) -> Explanation | None:
    """A rule by its id."""
    rule = own.get(name.lower()) or rules().get(name.lower())
    return rule_explanation(rule) if rule else None


def rule_explanation(rule: Rule) -> Explanation:
    """A rule's article as an explanation."""
    parts = rule.article
    headed = [parts["what"]] + [
        f"{title}\n{parts[part]}"
        for part, title in (("why", "Why it matters"), ("fix", "How to fix"), ("ignore", "When to ignore"))
        if parts[part]
    ]
    headed += ["Parameters\n" + "\n".join(parameter_lines(rule))] if rule.takes else []
    return Explanation(
        rule.id, "rule", rule.title, "\n\n".join(headed), list(rule.at), list(rule.terms), [], rule.source
    )


def parameter_lines(rule: Rule) -> Iterator[str]:
    """One line for each parameter of a rule, with its default and, where that is another, the value in force."""
    for name, parameter in rule.takes.items():
        default, value = json.dumps(parameter["default"]), json.dumps(rule.parameters[name])
        in_force = f", here {value}" if value != default else ""
        yield f"  {name} (default {default}{in_force}): {parameter['description']}"
