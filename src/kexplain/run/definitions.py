"""From what a run was told of custom kinds to what gives their definitions."""

from kexplain.config.settings import Settings
from kexplain.objects.crd import Given


def definitions_of(settings: Settings) -> Given | None:
    """What gives the definitions that the settings name; None where they name none."""
    if not settings.crds and not settings.schema_locations:
        return None
    from kexplain.files.definitions import Definitions

    version = str(settings.kubernetes_version)
    return Definitions(settings.crds, settings.schema_locations, version, settings.schema_cache)
