"""The rules that a command knows of: kexplain's, and those of the configuration, with its parameters."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kexplain.catalogue.rule import Rule


def configured_rules(ctx: click.Context) -> "Mapping[str, Rule]":
    """Every rule, by id. Raises ConfigError for a rule or a parameter that cannot be used."""
    from kexplain.config.own_rules import all_rules
    from kexplain.config.settings import settings_of

    return all_rules(settings_of({}, ctx.meta["kexplain.config"], ("rule_folders", "parameters")))
