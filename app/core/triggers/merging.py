"""Merges the events of one item into as few runs as a script allows, each episode once."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable
from app.core.senders.event import Event

NUMBERS, TITLES, FILE = "arr_episode_numbers", "arr_episode_titles", "arr_episode_path"
BETWEEN_TITLES = "|"
# On these a script looks for exactly one episode.
ONE_BY_ONE = (("JellyfinPart", "UseJellyfin"), ("EmbyPart", "UseEmby"))


def takes_lists(config: ConfigFile) -> bool:
    """Whether the script that reads this configuration takes several episodes at once."""
    try:
        return not any(truthy(config.setting(section, key)) for section, key in ONE_BY_ONE)
    except ConfigUnreadable:
        return True


def planned(events: list[Event], episodes: Iterable[int], as_lists: bool) -> list[Event]:
    """The events to run, in order, for those episodes of one item; all else is from the latest event."""
    wanted = sorted(set(episodes))
    latest = events[-1]
    if not wanted:
        return [latest]
    titles = titles_by_number(events)
    parts = [wanted] if as_lists else [[number] for number in wanted]
    return [for_episodes(file_owner(events, part), part, titles) for part in parts]


def file_owner(events: list[Event], episodes: list[int]) -> Event:
    """The latest event about these very episodes, else the latest of all."""
    own = (event for event in reversed(events) if list(event.episodes) == episodes)
    return next(own, next((event for event in reversed(events) if event.episodes), events[-1]))


def for_episodes(event: Event, episodes: list[int], titles: dict[int, str]) -> Event:
    """The event as if it had named these episodes."""
    known = [titles.get(number, "") for number in episodes]
    titles_text = BETWEEN_TITLES.join(known) if any(known) else ""
    changed = {NUMBERS: ",".join(map(str, episodes)), TITLES: titles_text}
    # A file belongs to the episodes that it was sent with.
    dropped = {FILE} if list(event.episodes) != episodes else set()
    kept = [(key, changed.get(key, value)) for key, value in event.fields if key not in dropped]
    return replace(
        event, episodes=tuple(episodes), fields=tuple((key, value) for key, value in kept if value)
    )


def titles_by_number(events: list[Event]) -> dict[int, str]:
    """The titles of the episodes, of later events first."""
    known: dict[int, str] = {}
    for event in events:
        fields = dict(event.fields)
        numbers, titles = fields.get(NUMBERS, "").split(","), fields.get(TITLES, "").split(BETWEEN_TITLES)
        if len(numbers) == len(titles):
            pairs = zip(numbers, titles, strict=True)
            known |= {int(number): title for number, title in pairs if number.isdigit() and title}
    return known
