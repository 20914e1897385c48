"""Lists the libraries of a media server and stores the list."""

from typing import Any

from app.core.servers.given_access import Access
from app.core.servers.libraries import (
    libraries_left_out,
    listed_libraries,
    shown_libraries,
    store_libraries,
    stored_libraries,
)
from app.extensions import Machine


def fetch_libraries(machine: Machine, server: str, access: Access) -> dict[str, Any]:
    """{"libraries", "excluded"} of the server as it is now, which is stored; or {"error": a sentence}.

    No session is open while the server is asked.
    """
    found = listed_libraries(machine.engine, server, access)
    if "error" in found:
        return {"error": found["error"]}
    with machine.database.writing() as session:
        store_libraries(session, server, found["libraries"])
    excluded = libraries_left_out(machine.config, server, found["libraries"])
    return {"libraries": found["libraries"], "excluded": excluded}


def cached_libraries(machine: Machine, server: str) -> dict[str, Any]:
    """{"libraries": [{name, type, last_fetched}], "excluded"} as they were last listed."""
    with machine.database.reading() as session:
        libraries = shown_libraries(stored_libraries(session, server))
    return {"libraries": libraries, "excluded": libraries_left_out(machine.config, server, libraries)}
