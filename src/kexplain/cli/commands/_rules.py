"""The rules that a command knows of: kexplain's, and those of the configuration, with its parameters."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kexplain.catalogue.rule import Rule


def configured_rules(ctx: click.Context) -> "Mapping[str, Rule]":
    """Every rule, by id. Raises ConfigError for a rule or a parameter that cannot be used."""
    from kexplain.config.own_rules import all_rules
    from kexplain.config.settings import Settings

    config = ctx.meta["kexplain.config"]
    folders, parameters = config.values.get("rule-folders", ()), config.values.get("parameters", {})
    return all_rules(
        Settings(rule_folders=tuple(folders), parameters=parameters, config=config.path, extended=config.extended)
    )
