"""The settings of the design for export: without servers, secrets and folders of this machine."""

from typing import Any

from app.core.settings.mapping import defaults
from app.core.settings.masking import masked_setting
from app.core.settings.own_settings import SECTION

FILE_NAME = "custom_blueprint.json"
PRIVATE_SECTIONS = ("WebUI", "ApiPart", "PlexPart", "JellyfinPart", "EmbyPart", "Notification", SECTION)
PRIVATE_KEYS = ("AssetPath", "ManualAssetPath", "BackupPath", "magickinstalllocation", "overlayfile")


def exported_design(values: dict[str, Any]) -> dict[str, Any]:
    """The known settings of the file, nested, without those that belong to one installation."""
    return {name: of_section(name, values.get(name)) for name in defaults() if name not in PRIVATE_SECTIONS}


def of_section(name: str, settings: Any) -> dict[str, Any]:
    own = settings if isinstance(settings, dict) else {}
    keys = [key for key in defaults()[name] if key in own and key not in PRIVATE_KEYS]
    return {key: masked_setting(key, own[key]) for key in keys}
