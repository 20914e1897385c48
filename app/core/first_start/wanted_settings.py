"""The settings that the entries of the first start become, and the entries that settings stand for."""

from typing import Any

from app.core.config_file import truthy
from app.core.first_start.draft import DEMO, FOLDER, PROVIDERS, Draft
from app.core.servers.configured import KINDS
from app.core.servers.given_access import API_PART, PLACES
from app.core.service_checks import PROVIDER_KEYS
from app.core.settings.login_and_folder_checks import settings_section
from app.core.settings.mapping import Nested
from app.core.settings.own_settings import SECTION

# The switch of each server by its name, such as ("PlexPart", "UsePlex").
SWITCHES = {server: (kind[0], kind[1]) for server, kind in zip(PLACES, KINDS, strict=True)}
ARTWORK = "PrerequisitePart"
SEPARATOR = "/"


def wanted_settings(draft: Draft, design: Nested) -> Nested:
    """The sections to merge into the settings: source, libraries, keys, and those of the design."""
    found: dict[str, dict[str, Any]] = {}
    for part in (design, source_settings(draft), key_settings(draft)):
        for section, settings in part.items():
            found.setdefault(section, {}).update(settings)
    return found


def source_settings(draft: Draft) -> Nested:
    """Which source is used; what is entered for another one is not saved."""
    chosen = draft.source
    switches = {part: {switch: str(server == chosen).lower()} for server, (part, switch) in SWITCHES.items()}
    if chosen == FOLDER:
        left = SEPARATOR.join(draft.left_out.get(FOLDER, []))
        return {**switches, SECTION: {"MediaPath": draft.entry(FOLDER), "MediaExclude": left}}
    if chosen == DEMO:
        return {**switches, SECTION: {"MediaPath": "", "MediaExclude": ""}}
    return {**switches, **settings_of_server(draft, chosen, switches)}


def settings_of_server(draft: Draft, server: str, switches: Nested) -> Nested:
    part, address, key = PLACES[server]
    settings: dict[str, Any] = {**switches[part], address: draft.entry(f"{server}_url")}
    # A server that was never listed keeps the libraries that it leaves out.
    if server in draft.left_out:
        settings["LibstoExclude"] = draft.left_out[server]
    found: dict[str, dict[str, Any]] = {part: settings}
    if certificate := draft.entry(f"{server}_certificate"):
        found[SECTION] = {f"{server.capitalize()}Certificate": certificate}
    if secret := draft.entry(f"{server}_key"):
        found[API_PART] = {key: secret}
    if server == "plex":
        found[ARTWORK] = {"PlexUpload": "true" if draft.entry("upload") else "false"}
    return found


def key_settings(draft: Draft) -> Nested:
    """The keys of providers that are entered; one that is not stays as it is saved."""
    given = {PROVIDER_KEYS[name]: draft.entry(name) for name in PROVIDERS if draft.entry(name)}
    return {API_PART: given} if given else {}


def entries_of_settings(values: Nested, media: str) -> dict[str, str]:
    """The entries without secrets that the settings stand for; `media` is the media folder, "" for none."""
    used = [
        (server, settings_section(values, part).get(address))
        for server, (part, address, _) in PLACES.items()
        if truthy(settings_section(values, part).get(SWITCHES[server][1]))
    ]
    uploads = truthy(settings_section(values, ARTWORK).get("PlexUpload"))
    found = {"upload": "true"} if uploads else {}
    if used:
        server, address = used[0]
        return {**found, "source": server, f"{server}_url": str(address or "")}
    return {**found, "source": FOLDER, FOLDER: media} if media else found


def saved_secrets(values: Nested) -> frozenset[str]:
    """The secrets by the names of their entries that the settings have already."""
    settings = settings_section(values, API_PART)
    names = {f"{server}_key": place[2] for server, place in PLACES.items()} | PROVIDER_KEYS
    return frozenset(entry for entry, name in names.items() if settings.get(name))
