"""What the page of the settings shows of each of them."""

from dataclasses import dataclass
from typing import Any

from app.core.settings.changes import current_value
from app.core.settings.controls import Control, control_of
from app.core.settings.mapping import Naming, SettingPlace
from app.core.settings.masking import is_same_value, masked_setting
from app.core.settings.spelling import default_of, stored_spelling
from app.core.settings.store import Snapshot
from app.core.settings.translated_wording import SettingWords, words_in
from app.extensions import Machine
from app.ui.catalogue import LANGUAGES

# The variables that win over settings, by flat name.
VARIABLES_OF = {
    "AssetPath": "ASSET_PATH",
    "ManualAssetPath": "MANUAL_ASSET_PATH",
    "BackupPath": "BACKUP_PATH",
    "MediaPath": "MEDIA_PATH",
    "GenerateMissing": "GENERATE_MISSING",
    "basicAuthPassword": "APP_ADMIN_PASSWORD",
    **dict.fromkeys(
        ("PlexCertificate", "JellyfinCertificate", "EmbyCertificate"), "MEDIA_SERVER_CERTIFICATE"
    ),
}
SECRET = "secret"
# The settings that the built-in script does not use, each with a sentence of the catalogue.
UNUSED = ("ParallelJobs", "AutoUpdatePosterizarr", "telemetry", "magickinstalllocation", "AutoUpdateIM")
# The setting beside which the connection is tested that it is part of.
TESTED_AT = {
    "PlexToken": "plex",
    "JellyfinAPIKey": "jellyfin",
    "EmbyAPIKey": "emby",
    "tmdbtoken": "tmdb",
    "tvdbapi": "tvdb",
    "FanartTvAPIKey": "fanart",
    "Discord": "discord",
    "AppriseUrl": "apprise",
    "UptimeKumaUrl": "uptimekuma",
}


@dataclass(frozen=True)
class SettingRow:
    """One setting; secrets are masked. `variable` wins over it where that is set, with `variable_value`."""

    name: str
    place: SettingPlace
    words: SettingWords
    other_words: str
    control: Control
    value: Any
    default: Any
    is_changed: bool
    is_unused: bool
    variable: str
    variable_value: str
    test: str

    @property
    def anchor(self) -> str:
        return f"{self.place.section}.{self.place.key}"


def setting_rows(found: Snapshot, machine: Machine, language: str) -> dict[str, SettingRow]:
    """The row of every setting by its flat name."""
    places = Naming(found.values).places
    return {name: setting_row(name, place, found, machine, language) for name, place in places.items()}


def setting_row(
    name: str, place: SettingPlace, found: Snapshot, machine: Machine, language: str
) -> SettingRow:
    value, default = current_value(found.values, place), default_of(place)
    control = control_of(place, value)
    variable = VARIABLES_OF.get(name, "")
    fixed = str(getattr(machine.settings, variable.lower()) or "") if variable else ""
    return SettingRow(
        name=name,
        place=place,
        words=words_in(language, name, place),
        other_words=" ".join(" ".join(words_in(each, name, place)) for each in LANGUAGES if each != language),
        control=control,
        value=masked_setting(place.key, value),
        default=default,
        is_changed=is_changed(place, value, default),
        is_unused=name in UNUSED and not machine.settings.poster_script,
        variable=variable if fixed else "",
        variable_value="" if control.kind == SECRET else fixed,
        test=TESTED_AT.get(name, ""),
    )


def is_changed(place: SettingPlace, value: Any, default: Any) -> bool:
    """Whether a known setting differs from its default in more than its spelling."""
    return default is not None and not is_same_value(stored_spelling(place, value), default)
