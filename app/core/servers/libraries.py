"""The libraries of the media servers as they were last listed, and those that runs leave out.

Which ones are left out stands in config.json alone, so that runs, the settings and this list agree.
"""

from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from sqlalchemy.orm import Session

from app.core.config_file import ConfigFile
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid, NotFound
from app.core.servers.given_access import PLACES, Access
from app.models import StoredDocument
from app.models.base import now

LIST, ITEMS = "libraries", "plex-items"
LIST_SECONDS, ITEMS_SECONDS = 30.0, 120.0
EXCLUDED = "LibstoExclude"
MOST_LIBRARIES = 1000

Answer = dict[str, Any]


def known_server(server: str) -> str:
    if server not in PLACES:
        raise NotFound(f"There is no media server {server[:64]!r}; there are {', '.join(PLACES)}.")
    return server


def listed_libraries(engine: EngineCalls, server: str, access: Access) -> Answer:
    """{"libraries": [{name, type, key or id}]} as the server lists them now, or {"error": a sentence}."""
    return asked_of_server(engine, LIST, {"server": server, **access._asdict()}, LIST_SECONDS)


def plex_items(engine: EngineCalls, library_key: str, access: Access) -> Answer:
    """{"items": [{title, year, folderName, type, ratingKey}]} of a library of Plex, or {"error"}."""
    return asked_of_server(engine, ITEMS, {"library_key": library_key, **access._asdict()}, ITEMS_SECONDS)


def asked_of_server(engine: EngineCalls, name: str, given: Mapping[str, str], seconds: float) -> Answer:
    """The answer of the engine; `Invalid` for an address that must never be asked_of_server."""
    found = engine.inquire(name, given, seconds)
    if found.get("unsafe"):
        raise Invalid(found["error"])
    return found


def store_libraries(session: Session, server: str, libraries: list[dict[str, str]]) -> None:
    document = stored_libraries(session, server) or StoredDocument(name=document_name(server))
    session.add(document)
    document.body = libraries[:MOST_LIBRARIES]
    document.fetched_at = document.tried_at = now()


def stored_libraries(session: Session, server: str) -> StoredDocument | None:
    return session.get(StoredDocument, document_name(server))


def document_name(server: str) -> str:
    return f"libraries of {server}"


def shown_libraries(document: StoredDocument | None) -> list[dict[str, str]]:
    """[{name, type, last_fetched}] as they were last listed, none where they never were."""
    if document is None or document.fetched_at is None:
        return []
    moment = document.fetched_at.isoformat()
    return [
        {"name": each["name"], "type": each["type"], "last_fetched": moment} for each in document.body or ()
    ]


def libraries_left_out(config: ConfigFile, server: str, libraries: list[dict[str, str]]) -> list[str]:
    """The names that runs leave out, each as the server spells it where it has such a library."""
    named = config.setting(PLACES[server][0], EXCLUDED)
    spelled = {same_name(each["name"]): each["name"] for each in libraries}
    names = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return list(dict.fromkeys(spelled.get(same_name(name), name) for name in names))


def same_name(name: str) -> str:
    """The name as runs compare it."""
    return normalize("NFC", normalize("NFC", name.strip()).casefold())
