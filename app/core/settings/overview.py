"""The data of a page for editing config.json."""

from typing import Any

from app.core.settings.changes import current_value
from app.core.settings.mapping import Naming, Nested
from app.core.settings.masking import masked_setting
from app.core.settings.store import Snapshot
from app.core.settings.wording import grouped, label_of


def config_overview(snapshot: Snapshot, onboarded: bool = True) -> dict[str, Any]:
    """The flat settings without secrets, their groups, names and explanations, and the file's revision.

    Pages show an introduction where `onboarded` is False.
    """
    naming = Naming(snapshot.values)
    labels = {name: label_of(name, place) for name, place in naming.places.items()}
    return {
        "config": flat_shown(snapshot.values, naming),
        "ui_groups": grouped(naming),
        "display_names": {name: label.name for name, label in labels.items()},
        "tooltips": {name: label.tooltip for name, label in labels.items()},
        "using_flat_structure": True,
        "_root": {"onboarding_completed": onboarded},
        "revision": snapshot.revision,
    }


def flat_shown(values: Nested, naming: Naming) -> dict[str, Any]:
    """Every setting of the file, and the default of each known one that the file leaves out."""
    return {
        name: masked_setting(place.key, current_value(values, place)) for name, place in naming.places.items()
    }
