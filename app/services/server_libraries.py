"""Lists the libraries of a media server and stores the list."""

from typing import Any

from app.core.servers.given_access import PLACES, Access
from app.core.servers.libraries import (
    libraries_left_out,
    listed_libraries,
    same_name,
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


def known_library_names(machine: Machine) -> list[str]:
    """The names of all libraries that some media server has listed, each once, in alphabetical order."""
    with machine.database.reading() as session:
        listed = [shown_libraries(stored_libraries(session, server)) for server in PLACES]
    names = {same_name(each["name"]): each["name"] for libraries in listed for each in libraries}
    return sorted(names.values(), key=same_name)
