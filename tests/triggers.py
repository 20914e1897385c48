"""Events of senders, and a consumer driven by hand."""

from datetime import timedelta

from sqlalchemy import select, update

from app.background.dispatcher import Dispatcher
from app.core.senders.event import Event
from app.core.senders.fields import event_from_tautulli, event_of
from app.models import OPEN, Run, Trigger, TriggerRun
from app.models.base import now
from app.services.inbox import Inbox
from tests.driving import rows, starts, tick_until


def make_episodes(*numbers: int, series: str = "Dark", tvdb: int = 334824, season: int = 1, **more) -> Event:
    titles = "|".join(f"Part {number}" for number in numbers)
    lines = {
        "arr_platform": "Sonarr",
        "event": "Download",
        "arr_series_title": series,
        "arr_series_tvdb": str(tvdb),
        "arr_series_path": f"/tv/{series} (2017)",
        "arr_episode_season": str(season),
        "arr_episode_numbers": ",".join(map(str, numbers)),
        "arr_episode_titles": titles,
        "arr_episode_path": f"/tv/{series} (2017)/{numbers[0] if numbers else ''}.mkv",
        "arr_sonarr_series_year": "2017",
    }
    return event_of((lines | more).items())


def make_film(tmdb: int = 348, title: str = "Alien", **more) -> Event:
    lines = {
        "arr_platform": "Radarr",
        "event": "Download",
        "arr_movie_title": title,
        "arr_movie_tmdb": str(tmdb),
        "arr_movie_year": "1979",
        "arr_movie_path": f"/movies/{title} (1979)",
    }
    return event_of((lines | more).items())


def make_tautulli(key: int = 777) -> Event:
    return event_from_tautulli((("RatingKey", str(key)), ("mediatype", "movie")))


def deliver(machine, *events: Event, separately: bool = True) -> list[int]:
    """Send events through the inbox, each in its own request or all in one; answer their numbers."""
    requests = [[event] for event in events] if separately else [list(events)]
    inbox = Inbox(machine)
    return [number for request in requests for number in inbox.receive(request).ids]


def triggers(machine) -> list[Trigger]:
    with machine.database.reading() as session:
        return list(session.scalars(select(Trigger).order_by(Trigger.id)))


def trigger(machine, number: int) -> Trigger:
    return next(row for row in triggers(machine) if row.id == number)


def runs_of(machine, number: int) -> list[int]:
    with machine.database.reading() as session:
        found = select(TriggerRun.run_id).where(TriggerRun.trigger_id == number).order_by(TriggerRun.run_id)
        return list(session.scalars(found))


def be_due(machine) -> None:
    """Let everything that waits have waited long enough."""
    with machine.database.writing() as session:
        session.execute(update(Trigger).values(waiting_until=now() - timedelta(seconds=1)))


def consume(machine, dispatcher: Dispatcher | None = None) -> list[Run]:
    """Tick until no trigger is open any more; answer all runs."""
    dispatcher = dispatcher or Dispatcher(machine)
    tick_until(dispatcher, lambda: all(row.status not in OPEN for row in triggers(machine)), seconds=60)
    return rows(machine)


def asked(machine) -> list[dict[str, str]]:
    """The arguments of each real start of the script, by name."""
    return [by_name(arguments) for _, _, arguments in starts(machine)]


def by_name(arguments: list[str]) -> dict[str, str]:
    return dict(zip(arguments[1::2], arguments[2::2], strict=False))


def watched(machine) -> list[str]:
    """All files below the watcher folder."""
    root = machine.paths.watcher
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def staged(machine) -> list[str]:
    return [path.name for path in machine.paths.inbox.rglob("*") if path.is_file()]
