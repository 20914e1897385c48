"""Names of what a problem says, by which pages say it in the language of the reader."""

from enum import StrEnum


class ProblemText(StrEnum):
    """A text and its advice; both are in the catalogue of the pages, with the values that the problem has."""

    CONFIG = "config"
    OPEN_LOGIN = "open_login"
    NO_PASSWORD = "no_password"  # noqa: S105
    KNOWN_PASSWORD = "known_password"  # noqa: S105
    DATABASE = "database"
    FOLDER = "folder"
    DISK = "disk"
    SCRIPT_MISSING = "script_missing"
    SCRIPT_REFUSED = "script_refused"
    PROGRAM_MISSING = "program_missing"
    LEADER_HANGS = "leader_hangs"
    NO_LEADER = "no_leader"
    FAILED_TRIGGERS = "failed_triggers"
    UPLOADS_OVERWRITTEN = "uploads_overwritten"
    UPLOADS_REFUSED = "uploads_refused"
    UPLOADS_WAITING = "uploads_waiting"
    TAKEOVER = "takeover"
    RELEASES = "releases"
    ASSETS_MISSING = "assets_missing"
    ASSETS_UNREADABLE = "assets_unreadable"
    ASSETS_BAD_NAMES = "assets_bad_names"
    ASSETS_LOOPS = "assets_loops"
    ASSETS_WAYS_OUT = "assets_ways_out"
    ASSETS_UNWATCHABLE = "assets_unwatchable"
    ASSETS_VANISHED = "assets_vanished"
    STALLED = "stalled"
    MESSAGES = "messages"
    LAUNCHING = "launching"
    RUNS = "runs"
    TRIGGERS = "triggers"
    WATCHER = "watcher"
    EXPORT = "export"
    THREAD_ENDED = "thread_ended"
    THREAD_HANGS = "thread_hangs"
    SCHEDULE_ENTRIES = "schedule_entries"
    SCHEDULE_WRITING = "schedule_writing"
    SCHEDULE_QUEUING = "schedule_queuing"


def problem_words(text: ProblemText, **values: str | int) -> dict[str, object]:
    """{"text", "values"} of a problem."""
    return {"text": str(text), "values": values}
