"""scheduler.json: read when it changed, written whole and under a lock, unknown keys and all."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.errors import ApplicationError, Conflict, Invalid, Unavailable, reason_of
from app.core.json_file import JsonFile, Values, refuse_constant
from app.core.schedule.schedule_clock import zone_named
from app.core.statement import Statement

LOCAL_TIME = Path("/etc/localtime")
USUAL_ZONE = "Europe/Berlin"
LARGEST_FILE = 1_000_000


class SchedulesUnreadable(Conflict):
    """scheduler.json is not valid; nothing overwrites it until a person has corrected it."""


class ScheduleFile(JsonFile):
    """One scheduler.json that several processes and a text editor may change."""

    def __init__(self, path: Path, lock: Path, zone: str = ""):
        super().__init__(path, lock, self.with_defaults, mode=0o644)
        self.zone = zone
        self._good: Values | None = None

    def values(self) -> Values:
        """The content of the file with defaults for missing keys; the caller must not change it."""
        return self.current()

    def last_known(self) -> tuple[Values, str]:
        """(content, error): the last content that could be read, and why the present one cannot, or ""."""
        try:
            self._good = self.values()
        except SchedulesUnreadable as error:
            return self._good or self.defaults(), str(error)
        return self._good, ""

    def read(self) -> Values:
        """The content of the file, or the defaults without one; `SchedulesUnreadable` with the reason."""
        try:
            return super().read()
        except FileNotFoundError:
            return self.defaults()
        except OSError as error:
            raise SchedulesUnreadable(
                Statement("scheduler.json cannot be opened", f"{reason_of(error)}.")
            ) from error

    def with_defaults(self, content: bytes) -> Values:
        return {**self.defaults(), **parse_schedules(content)}

    def defaults(self) -> Values:
        return {
            "enabled": False,
            "schedules": [],
            "timezone": self.zone or machine_zone(),
            "skip_if_running": True,
            "missed": "once",
            "grace_minutes": 5,
            "last_run": None,
            "next_run": None,
        }

    def create(self) -> None:
        """Write the defaults where no file is."""
        if self.fingerprint() is None:
            with self.changing():
                pass

    @contextmanager
    def changing(self) -> Iterator[Values]:
        """Yield a copy that replaces the file when the block ends without an error, under the lock."""
        with self.held():
            before = self.read()
            values = deepcopy(before)
            yield values
            if values != before or not self.path.exists():
                self.write(values)

    def note(self, **known: Any) -> None:
        """Store some values; where the file cannot be changed now they are dropped."""
        with suppress(ApplicationError), self.changing() as values:
            values |= known

    def touch(self) -> None:
        """Make every process read the file again."""
        self.create()
        try:
            os.utime(self.path)
        except OSError as error:
            raise Unavailable(f"scheduler.json cannot be touched: {reason_of(error)}.") from error

    def write(self, values: Values) -> None:
        content = serialise_schedules(values)
        try:
            self.replace(content)
        except OSError as error:
            raise Unavailable(f"scheduler.json cannot be written: {reason_of(error)}.") from error


def serialise_schedules(values: Values) -> bytes:
    try:
        content = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except (ValueError, RecursionError) as error:
        raise Invalid("A value cannot be kept in scheduler.json.") from error
    if len(content) > LARGEST_FILE:
        raise Invalid(f"scheduler.json would be larger than {LARGEST_FILE} bytes.")
    return content


def parse_schedules(content: bytes) -> Values:
    try:
        values = json.loads(content.decode("utf-8-sig"), parse_constant=refuse_constant)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise SchedulesUnreadable(
            Statement(f"scheduler.json is not valid JSON at {place}", f"{error.msg}.")
        ) from error
    except (ValueError, RecursionError) as error:
        raise SchedulesUnreadable("scheduler.json is not valid JSON text in UTF-8.") from error
    if nested_deeper(values, DEEPEST_NESTING):
        raise SchedulesUnreadable(f"scheduler.json is nested more than {DEEPEST_NESTING} levels deep.")
    if not isinstance(values, dict) or not isinstance(values.get("schedules", []), list):
        raise SchedulesUnreadable("scheduler.json must hold one object, and its schedules a list.")
    return values


def machine_zone(local_time: Path = LOCAL_TIME) -> str:
    """The zone of this machine, or the default one where it is unknown."""
    name = os.path.realpath(local_time).partition("/zoneinfo/")[2]
    try:
        return zone_named(name).key
    except ValueError:
        return USUAL_ZONE
