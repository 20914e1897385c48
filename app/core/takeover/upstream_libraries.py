"""The libraries of media servers that an existing Posterizarr lists, and which of them it excludes."""

from typing import Any

from sqlalchemy.orm import Session

from app.core.config_file import ConfigFile, truthy
from app.core.takeover.part_outcome import PartOutcome, PartState, TakeoverTerms
from app.core.takeover.upstream_database import UpstreamDatabase
from app.core.takeover.upstream_values import text_of

UPSTREAM_LIBRARIES = "media_server_libraries"
LIBRARY_COLUMNS = ("id", "server_type", "library_name", "library_type", "is_excluded", "last_fetched")
SECTIONS = {"plex": "PlexPart", "jellyfin": "JellyfinPart", "emby": "EmbyPart"}
EXCLUDED = "LibstoExclude"
ADVICE = "Add the libraries that runs should leave out to LibstoExclude of the server in config.json."


def compare_exclusions(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """How many exclusions config.json has too, which alone counts for runs, and which stand in the list only.

    Nothing is copied: the old program ignores the list when it makes pictures, and so would change here.
    """
    outcome = PartOutcome(PartState.IN_PLACE)
    config = ConfigFile(terms.paths.config)
    for row in database.rows(UPSTREAM_LIBRARIES, LIBRARY_COLUMNS):
        server, name = text_of(row.get("server_type")).lower(), text_of(row.get("library_name"))
        if not truthy(text_of(row.get("is_excluded"))):
            continue
        if name in configured_exclusions(config, server):
            outcome.taken += 1
        else:
            outcome.state, outcome.advice = PartState.NOT_TAKEN, ADVICE
            outcome.note(
                f"{name[:100]!r} of {server[:20]} is excluded in the old list, and not in config.json."
            )
    return outcome


def configured_exclusions(config: ConfigFile, server: str) -> list[Any]:
    value = config.setting(SECTIONS.get(server, ""), EXCLUDED)
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [text_of(name).strip() for name in names]
