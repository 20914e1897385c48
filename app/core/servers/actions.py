"""What a person has the configured media server do to an item or a library."""

from collections.abc import Mapping

from app.core.config_file import ConfigFile, truthy
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid, NotFound, Unavailable
from app.core.servers.configured import KINDS
from app.core.servers.given_access import saved_access

ACT = "server-action"
ACT_SECONDS = 30.0
NEEDED = {
    "refresh_item": "rating_key",
    "analyze_item": "rating_key",
    "scan_library": "library_name",
    "empty_trash": "library_name",
}


def act_on_plex(engine: EngineCalls, config: ConfigFile, sent: Mapping[str, str]) -> str:
    """What Plex does now, in a sentence; `Invalid` where the action needs something that was not sent."""
    needed = NEEDED[sent["action"]]
    if not sent[needed].strip():
        raise Invalid(f"The action {sent['action']} needs {needed}.")
    given = {"key_of_item": sent["rating_key"], "library": sent["library_name"]}
    return act(engine, config, "plex", {"action": sent["action"], **given})


def act_on_jellyfin_or_emby(engine: EngineCalls, config: ConfigFile, action: str, media_id: str) -> str:
    """What the server that is switched on does now, in a sentence; `Invalid` where neither of them is."""
    switched = (kind[5].lower() for kind in KINDS[1:] if truthy(config.setting(kind[0], kind[1])))
    if (server := next(switched, None)) is None:
        raise Invalid("Neither Jellyfin nor Emby is switched on: set UseJellyfin or UseEmby to true.")
    return act(engine, config, server, {"action": action, "key_of_item": media_id})


def act(engine: EngineCalls, config: ConfigFile, server: str, given: Mapping[str, str]) -> str:
    access = saved_access(config, server)
    if not (access.url and access.key):
        raise Invalid(f"{server.capitalize()} cannot be asked: set its address and its key in config.json.")
    found = engine.inquire(ACT, {"server": server, **access._asdict(), **given}, ACT_SECONDS)
    if "error" not in found:
        return f"{found['message']}."
    raise NotFound(found["error"]) if found.get("status_code") == 404 else Unavailable(found["error"])
