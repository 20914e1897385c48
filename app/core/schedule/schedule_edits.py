"""The edits of scheduler.json: each changes a copy of the file's content, or raises."""

from collections.abc import Sequence
from typing import Any

from app.core.config_file import truthy
from app.core.errors import Conflict, Invalid, NotFound
from app.core.schedule.schedule_clock import clock_time, zone_named
from app.core.schedule.schedule_entry import (
    MISSED,
    MOST_GRACE_MINUTES,
    RUN_TIME,
    checked,
    number_within,
    read_choice,
    read_field,
    read_schedule_entry,
)
from app.core.schedule.schedule_file import Values
from app.core.schedule.schedules import MOST_ENTRIES


def add_entry(values: Values, raw: Values) -> Values:
    """Append a checked entry; `Invalid` where it is not right or there already."""
    entry = checked(raw, values)
    values["schedules"] = whole_list(values, [*values["schedules"], entry])
    return entry


def replace_entry(values: Values, index: int, raw: Values, run_times: Sequence[str]) -> Values:
    """Replace an entry by a checked one; keys that it does not name stay as they were."""
    old = entry_at_index(values, index, run_times)
    entry = checked({**(old if isinstance(old, dict) else {}), **raw}, values)
    others = values["schedules"]
    values["schedules"] = whole_list(values, [*others[:index], entry, *others[index + 1 :]])
    return entry


def entry_at_index(values: Values, index: int, run_times: Sequence[str]) -> Any:
    count = len(values["schedules"])
    if count <= index < count + len(run_times):
        raise Conflict(fixed(run_times[index - count]))
    if index >= count:
        raise NotFound(f"There is no schedule with the index {index}.")
    return values["schedules"][index]


def fixed(clock: str) -> str:
    return f"The time {clock} comes from the setting RUN_TIME and can be changed there only."


def remove_entry(values: Values, index: int, run_times: Sequence[str]) -> None:
    """Delete one entry; `Conflict` where it is one of RUN_TIME, `NotFound` where there is none."""
    entry_at_index(values, index, run_times)
    del values["schedules"][index]


def remove_time(values: Values, clock: str, run_times: Sequence[str]) -> int:
    """Delete every entry with that time; `Conflict` where only RUN_TIME has it, else `NotFound`."""
    wanted = same_time(clock)
    kept = [raw for raw in values["schedules"] if not (isinstance(raw, dict) and tells(raw, wanted))]
    count = len(values["schedules"]) - len(kept)
    if count == 0 and wanted in run_times:
        raise Conflict(fixed(wanted))
    if count == 0:
        raise NotFound(f"There is no schedule at {clock[:60]}.")
    values["schedules"] = kept
    return count


def tells(raw: Values, wanted: str) -> bool:
    return same_time(str(raw.get("time"))) == wanted


def same_time(text: str) -> str:
    """HH:MM for anything that is a time, and any other text as it is."""
    try:
        return f"{clock_time(text):%H:%M}"
    except ValueError:
        return text


def apply_config_changes(values: Values, changes: Values) -> None:
    """Apply the named changes; `Invalid` names the field or the entry."""
    parts = {
        "enabled": truthy,
        "skip_if_running": truthy,
        "timezone": known_zone,
        "missed": lambda value: read_choice({"missed": value}, "missed", MISSED, "once"),
        "grace_minutes": known_grace,
    }
    values |= {name: part(changes[name]) for name, part in parts.items() if name in changes}
    if "schedules" in changes:
        # A client that sends back the list must not turn the times of RUN_TIME into entries.
        own = [
            raw
            for raw in changes["schedules"]
            if not (isinstance(raw, dict) and raw.get("source") == RUN_TIME)
        ]
        values["schedules"] = whole_list(
            values, [at_index(raw, place, values) for place, raw in enumerate(own)]
        )


def at_index(raw: Any, index: int, values: Values) -> Values:
    try:
        return checked(raw, values)
    except Invalid as error:
        raise Invalid(f"schedules[{index}]: {error}") from error


def known_zone(name: Any) -> str:
    try:
        return zone_named(str(name)).key
    except ValueError as error:
        raise Invalid(f"timezone: {repr(name)[:60]} is not an IANA zone such as Europe/Berlin.") from error


def known_grace(minutes: Any) -> int:
    allowed = f"a whole number from 0 to {MOST_GRACE_MINUTES}"
    return read_field(
        {"grace_minutes": minutes}, "grace_minutes", None, number_within(0, MOST_GRACE_MINUTES), allowed
    )


def whole_list(values: Values, schedules: list) -> list:
    """The list, provided that it is not too long and repeats no entry which it did not repeat before."""
    if len(schedules) > MOST_ENTRIES:
        raise Invalid(f"schedules: at most {MOST_ENTRIES} entries are kept.")
    if repeats(schedules, values) > repeats(values["schedules"], values):
        raise Invalid("There already is a schedule at that time.")
    return schedules


def repeats(schedules: list, values: Values) -> int:
    keys = [key for raw in schedules if (key := entry_key(raw, values))]
    return len(keys) - len(set(keys))


def entry_key(raw: Any, values: Values) -> str | None:
    try:
        return read_schedule_entry(raw, values).key
    except Invalid:
        return None


def index_from(text: str) -> int:
    """Read the place of an entry, as it stands in an address."""
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise NotFound(f"There is no schedule with the index {text[:60]}.")
    return int(text)
