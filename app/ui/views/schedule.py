"""The schedule: when runs start by themselves, and what is special about the next time of each."""

from typing import Any
from zoneinfo import available_timezones

from flask import Blueprint, Response

from app.core.config_file import truthy
from app.core.schedule.entry_outlook import EntryOutlook, entry_outlooks
from app.core.schedule.schedule_clock import LAST_DAY, WEEKDAYS
from app.core.schedule.schedule_entry import FREQUENCIES, MISSED, MODE_TITLES, UNITS
from app.core.schedule.schedule_file import Values
from app.core.schedule.schedules import timetable, zone_in_force
from app.extensions import machine
from app.models.base import now
from app.services.offered_runs import offered_for_libraries, offered_runs
from app.services.server_libraries import known_library_names
from app.ui.page import page, show


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/schedule")(schedule_page)


@page("read")
def schedule_page() -> Response:
    """List the schedules; the page's script changes them by the API."""
    values, trouble = machine().schedules.last_known()
    outlooks = outlooks_of(values)
    offers = {each.mode: each for each in (*offered_runs(machine()), *offered_for_libraries(machine()))}
    return show(
        "schedule.html",
        outlooks=outlooks,
        soonest=min(filter(None, (each.due for each in outlooks)), default=None),
        offers={mode: offers[mode] for mode in MODE_TITLES if mode in offers},
        **rules_of(values, trouble),
        **schedule_choices(),
    )


def outlooks_of(values: Values) -> list[EntryOutlook]:
    run_times = machine().settings.run_time
    return entry_outlooks(values, run_times, timetable(values, run_times, machine().settings.tz), now())


def rules_of(values: Values, trouble: str) -> dict[str, Any]:
    """What counts for every schedule, and what is wrong with the file."""
    setting = machine().settings.tz
    zone, problems = zone_in_force(values, setting)
    return {
        "is_on": truthy(values["enabled"]),
        "zone": zone.key,
        "is_zone_fixed": bool(setting),
        "skips": truthy(values["skip_if_running"]),
        "missed": values["missed"],
        "grace_minutes": values["grace_minutes"],
        "problems": [*filter(None, [trouble]), *problems],
    }


def schedule_choices() -> dict[str, Any]:
    return {
        "frequencies": FREQUENCIES,
        "units": tuple(UNITS),
        "weekdays": tuple(day[:3] for day in WEEKDAYS),
        "last_day": LAST_DAY,
        "policies": MISSED,
        "zones": zones_of_places(),
        "libraries": known_library_names(machine()),
    }


def zones_of_places() -> list[str]:
    """The zones that people choose from: those of cities, and UTC."""
    return ["UTC", *sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)]
