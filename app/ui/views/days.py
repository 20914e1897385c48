"""The wall on any day: the library as it lay after a run, and going back to that."""

from flask import Blueprint, Response, request

from app.core.assets.naming import KINDS
from app.core.days.listing import Day, days_of
from app.core.errors import Unavailable
from app.extensions import Machine, machine
from app.services.artwork_edits import root_mark
from app.ui.day_wall import ALL, CHANGED, ROOT, DayQuery, DayWall, changed_wall, day_query, whole_wall
from app.ui.page import page, show

# As many as one moves a slider over; older ones are reached by their address.
MOST_DAYS = 400


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/library/days")(days_page)


@page("read")
def days_page() -> Response:
    """Show the wall of the day that the address names, else of the one before the newest run."""
    query = day_query(request.args)
    try:
        days, total = days_of(machine().paths.engine, MOST_DAYS)
    except Unavailable as error:
        return show("days.html", query=query, days=[], day=None, trouble=error.detail)
    day = chosen_day(days, query)
    wall = wall_of(machine(), day, query) if day else None
    choices = {"kinds": (ALL, *KINDS), "can_go_back": not machine().settings.poster_script, "total": total}
    return show("days.html", query=query, days=days, day=day, wall=wall, trouble="", **choices)


def chosen_day(days: list[Day], query: DayQuery) -> Day | None:
    """The day that is asked for; else the one before the newest run, after which nothing differs."""
    named = next((day for day in days if day.name == query.day or day.run == (query.run or "")), None)
    return named or next(iter(days[1:2] or days), None)


def wall_of(own: Machine, day: Day, query: DayQuery) -> DayWall:
    engine, root = own.paths.engine, own.roots.path(ROOT)
    if query.show == CHANGED:
        return changed_wall(engine, root, day, query)
    mark = root_mark(own, ROOT)
    with own.database.reading() as session:
        return whole_wall(session, mark.id if mark else None, engine, root, day, query)
