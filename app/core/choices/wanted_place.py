"""Where the artwork of a choice belongs of which there is none yet."""

from typing import Any

from app.core.choices.artwork import COLLECTIONS, artwork_file_name, flat_name
from app.core.errors import Invalid
from app.core.paths import untrusted_asset_path


def wanted_path(choice: Any, is_flat: bool) -> str | None:
    """The path below the asset folder, where a run looks for it; None where the choice does not say it.

    `is_flat` says that all artwork lies together, without a folder for each item.
    """
    name, item = artwork_file_name(choice.type, choice.title), choice.rootfolder
    if not (name and item and (is_flat or choice.library_name)):
        return None
    is_collection = "collection" in choice.type.lower()
    if is_flat:
        places = [f"{item}_{name}" if is_collection else flat_name(item, name)]
    else:
        places = [choice.library_name, item, name]
    try:
        return untrusted_asset_path("/".join([*([COLLECTIONS] if is_collection else []), *places]))
    except Invalid:
        return None
