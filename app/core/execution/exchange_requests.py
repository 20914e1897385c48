"""Runs that move pictures between servers, the backup folder and the store: what callers may choose."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import Invalid
from app.core.execution.asset_lists import asset_list
from app.core.modes import (
    CONTROL,
    DASHES,
    FORCE,
    KINDS,
    LIBRARIES,
    MODES,
    PLAN,
    RESET,
    RESTORE_ITEM,
    RESTORE_LIBRARY,
    RESTORE_TYPE,
    SYNC,
    SYNC_FROM,
    SYNC_TO,
    TAKE,
    WRITE_PLAN,
    harmless_argument,
)

PICTURE_KINDS = ("poster", "season", "background", "titlecard")
# Other words for the same kinds, as existing clients send them.
SPELLINGS = {"episode": "titlecard"}
SERVER_NAMES = ("plex", "jellyfin", "emby")
# The switch of the built-in script by the name of the field that becomes its value.
EXCHANGE_SWITCHES = {
    "from": SYNC_FROM,
    "to": SYNC_TO,
    "kinds": KINDS,
    "libraries": LIBRARIES,
    "item": RESTORE_ITEM,
    "force_replace": FORCE,
    "take": TAKE,
    "plan": WRITE_PLAN,
}
CHOSEN = ("kinds", "libraries", "plan")
EXCHANGE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "backup": ("from", *CHOSEN),
    "restore": ("to", "item", "force_replace", "take", *CHOSEN),
    SYNC: ("from", "to", "take", *CHOSEN),
    "syncjelly": ("take", *CHOSEN),
    "syncemby": ("take", *CHOSEN),
    "reset": ("force_replace", *CHOSEN),
}


class RequestedRun(NamedTuple):
    """A mode and its arguments; a plan of an exchange is a run in the mode that changes nothing."""

    mode: str
    arguments: list[str]


def exchange_run(mode: str, fields: Mapping[str, Any], lists: Path) -> RequestedRun:
    """The run for what was chosen; a long list of assets is kept in the folder `lists`.

    `Invalid` for a sync without two servers, and for a name that begins with a dash or holds a control
    character.
    """
    if mode == SYNC:
        require_two_servers(fields)
    arguments = [
        *value_of("from", fields),
        *value_of("to", fields),
        *([KINDS, ",".join(fields["kinds"])] if fields.get("kinds") else []),
        *(
            [LIBRARIES, json.dumps(plain_names("libraries", fields["libraries"]))]
            if fields.get("libraries")
            else []
        ),
        *([RESTORE_ITEM, plain_name("item", fields["item"])] if fields.get("item") else []),
        *([FORCE] if fields.get("force_replace") else []),
        *([TAKE, asset_list(lists, fields["take"])] if fields.get("take") else []),
    ]
    if fields.get("plan"):
        return RequestedRun(PLAN, [*MODES[mode].switches, *arguments])
    return RequestedRun(mode, arguments)


def value_of(name: str, fields: Mapping[str, Any]) -> list[str]:
    return [EXCHANGE_SWITCHES[name], fields[name]] if fields.get(name) else []


def require_two_servers(fields: Mapping[str, Any]) -> None:
    if not (fields.get("from") and fields.get("to")):
        raise Invalid(f"A sync needs from and to, two of {', '.join(SERVER_NAMES)}.")
    if fields["from"] == fields["to"]:
        raise Invalid("A sync needs two servers, but from and to are the same one.")


def reset_run(library: str, fields: Mapping[str, Any], lists: Path) -> RequestedRun:
    """The reset of one library by its name, or of those that the fields name; `Invalid` where none is."""
    if not (library.strip() or fields.get("libraries")):
        raise Invalid("A reset needs the name of a library.")
    wanted = exchange_run("reset", fields, lists)
    named = [RESET, harmless_argument(library.strip())] if library.strip() else []
    place = len(wanted.arguments) if wanted.mode != PLAN else 1
    return wanted._replace(arguments=[*wanted.arguments[:place], *named, *wanted.arguments[place:]])


def restore_arguments(library: str, item: str, kind: str) -> list[str]:
    """The arguments of a restore by the names that existing clients send, each "" for all."""
    chosen = {RESTORE_LIBRARY: ("library_name", library), RESTORE_ITEM: ("item_name", item)}
    named = [
        word for switch, pair in chosen.items() if pair[1].strip() for word in (switch, plain_name(*pair))
    ]
    return [*named, RESTORE_TYPE, picture_kind(kind)] if kind.strip() else named


def picture_kind(text: str) -> str:
    """The kind of picture in whatever case and spelling; `Invalid` for a word that is none."""
    word = "".join(filter(str.isalnum, text)).lower()
    kind = SPELLINGS.get(word, word)
    if kind not in PICTURE_KINDS:
        raise Invalid(f"{text[:64]!a} is no kind of picture; there are {', '.join(PICTURE_KINDS)}.")
    return kind


def plain_names(field: str, names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(plain_name(field, name) for name in names))


def plain_name(field: str, text: str) -> str:
    """The name without blanks at its ends; `Invalid` where a script could read it as a switch."""
    name = text.strip()
    if not name or CONTROL.search(name) or name.startswith(DASHES):
        raise Invalid(f"{field}: {text[:64]!a} cannot be passed to the script as a name.")
    return name
