"""Which kinds of pictures and which libraries a person chose on the command line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.poster.kinds import Kind
from app.poster.records.library import Library, SourceName
from app.poster.script.arguments import Mode, Order
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.sources.comparison import comparable_name

KINDS = {
    "poster": Kind.POSTER,
    "season": Kind.SEASON,
    "background": Kind.BACKGROUND,
    "titlecard": Kind.TITLE_CARD,
    "episode": Kind.TITLE_CARD,
}
ALL_KINDS = frozenset(KINDS.values())
SERVERS = {name.value.lower(): name for name in SourceName if name is not SourceName.FOLDER}


@dataclass(frozen=True, slots=True)
class Choice:
    """`libraries` are names as `comparable_name` makes them, None for all libraries."""

    kinds: frozenset[Kind] = ALL_KINDS
    libraries: frozenset[str] | None = None

    def of(self, libraries: Iterable[Library]) -> list[Library]:
        """Those of the libraries that were chosen."""
        names = self.libraries
        return [one for one in libraries if names is None or comparable_name(one.name.strip()) in names]


@dataclass(frozen=True, slots=True)
class Route:
    """From which server pictures go to which."""

    origin: SourceName
    target: SourceName


def exchange_choice(order: Order, usual: frozenset[Kind] = ALL_KINDS) -> Choice:
    """What -Kinds and -Libraries name; HandledExit for a kind that there is not."""
    named = words_of(order, "Kinds")
    unknown = [word for word in named if plain_kind(word) not in KINDS]
    if unknown:
        raise HandledExit(
            ExitCode.BAD_ARGUMENTS, f"-Kinds has {unknown[0]}; it takes {', '.join(KINDS)}, parted by commas"
        )
    libraries = frozenset(comparable_name(name) for name in words_of(order, "Libraries"))
    return Choice(frozenset(KINDS[plain_kind(word)] for word in named) or usual, libraries or None)


def read_reset_choice(order: Order) -> Choice:
    """The library to reset and its kinds, posters where none are named; HandledExit without a library."""
    choice = exchange_choice(order, frozenset((Kind.POSTER,)))
    named = order.value("LibraryToReset")
    if named:
        return replace(choice, libraries=frozenset((comparable_name(named),)))
    if choice.libraries is None:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, "-PosterReset needs -LibraryToReset with a library's name")
    return choice


def read_restore_choice(order: Order) -> Choice:
    """What -RestoreLibrary and -RestoreType name, else -Libraries and -Kinds; HandledExit for no kind."""
    choice = exchange_choice(order)
    kind, library = plain_kind(order.value("RestoreType")), order.value("RestoreLibrary")
    if kind and kind not in KINDS:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-RestoreType takes one of {', '.join(KINDS)}")
    return Choice(
        frozenset((KINDS[kind],)) if kind else choice.kinds,
        frozenset((comparable_name(library),)) if library else choice.libraries,
    )


def plain_kind(word: str) -> str:
    return "".join(filter(str.isalnum, word)).lower()


def words_of(order: Order, name: str) -> list[str]:
    """The words of a JSON array, else those between commas."""
    text = order.value(name)
    try:
        found = json.loads(text) if text.startswith("[") else text.split(",")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-{name} takes words parted by commas, or a JSON array")
    return [word.strip() for word in found if word.strip()]


def read_route(order: Order) -> Route:
    """The two servers of a sync; HandledExit where they are not two."""
    if order.mode is Mode.SYNC_JELLY or "SyncJelly" in order.switches:
        return Route(SourceName.PLEX, SourceName.JELLYFIN)
    if order.mode is Mode.SYNC_EMBY or "SyncEmby" in order.switches:
        return Route(SourceName.PLEX, SourceName.EMBY)
    origin, target = (SERVERS.get(order.value(name).lower()) for name in ("From", "To"))
    if origin is None or target is None or origin is target:
        names = ", ".join(SERVERS)
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-Sync needs -From and -To with two different of {names}")
    return Route(origin, target)


def server_named(order: Order, name: str) -> SourceName | None:
    """The server that an argument names, None where it is not given; HandledExit for another word."""
    word = order.value(name).lower()
    if word and word not in SERVERS:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-{name} has {word}; it takes {', '.join(SERVERS)}")
    return SERVERS.get(word)
