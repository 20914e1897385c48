"""The problems of an installation, each with advice and without secrets.

A problem is {"type": "error" | "warning" | "note", "source", "message", "advice", "text", "values"}; a note
is no problem yet. By `text`, where it is not "", and `values` pages say it in the language of the reader.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.core.access.credentials import config_problem, login_problems
from app.core.access.origins import open_login_warning
from app.core.config_file import ConfigFile
from app.core.decisions.states import OVERWRITTEN, REFUSED, WAITING
from app.core.modes import script_command
from app.core.paths import Paths
from app.core.problem_texts import ProblemText, problem_words
from app.core.processes import Identity, identify
from app.core.script_file import script_exists
from app.core.takeover.part_outcome import PartState
from app.core.takeover.record import TakeoverRecord
from app.core.triggers.listing import TriggerFigures
from app.models import StoredDocument, TriggerStatus

LEAST_FREE_BYTES = 1024**3
LEAST_FREE_SHARE = 0.02
WRITTEN_FOLDERS = ("logs", "interface_logs", "database", "runs", "test_images")

# Several of the leader's heartbeats.
LEADER_BEAT_SECONDS = 60.0

# What to do where the word comes first, and what is said of one picture and of several.
UPLOADS = {
    OVERWRITTEN: (
        "GET /api/assets/states?upload=overwritten lists them. Take over those that you want back.",
        "was overwritten on the media server by a person or another tool",
        "were overwritten on the media server by a person or another tool",
    ),
    REFUSED: (
        "GET /api/assets/states?upload=refused lists them, and the decision of each says why.",
        "was refused by the media server",
        "were refused by the media server",
    ),
    WAITING: (
        "The next run uploads them without drawing them again; the log says why the last one could not.",
        "waits for the upload",
        "wait for the upload",
    ),
}

Problem = dict[str, Any]


def problem(kind: str, source: str, message: str, advice: str, words: Mapping[str, Any]) -> Problem:
    return {"type": kind, "source": source, "message": message, "advice": advice, **words}


LEADER_HANGS = problem(
    "error",
    "leader",
    "The worker that leads does not move, so that runs, schedules and update checks wait.",
    "Resume it if it was suspended; else restart the server.",
    problem_words(ProblemText.LEADER_HANGS),
)


def overall(problems: list[Problem]) -> str:
    """ "problems" or "ok"; notes count as none, and neither does what is silenced."""
    shown = (found for found in problems if not found.get("silenced"))
    return "problems" if any(found["type"] != "note" for found in shown) else "ok"


def config_problems(config: ConfigFile) -> list[Problem]:
    if reason := config_problem(config):
        words = problem_words(ProblemText.CONFIG, reason=reason)
        return [problem("error", "config", f"{reason}; logins stay closed.", "Repair config.json.", words)]
    return []


def open_login_problems(config: ConfigFile, host: str) -> list[Problem]:
    message = open_login_warning(config, host)
    advice = "Switch WebUI.basicAuthEnabled on, or set APP_HOST to 127.0.0.1."
    words = problem_words(ProblemText.OPEN_LOGIN, host=host)
    return [problem("warning", "login", message, advice, words)] if message else []


def login_warnings(config: ConfigFile, admin_password: str) -> list[Problem]:
    """Weak points of the login, for callers who may read."""
    if config_problem(config):
        return []
    return [{"type": "warning", **found} for found in login_problems(config, admin_password)]


def database_problems(answers: bool) -> list[Problem]:
    if answers:
        return []
    advice = "See the server's log; check the disk, and DATABASE_URL where it is set."
    words = problem_words(ProblemText.DATABASE)
    return [problem("error", "database", "The database does not answer.", advice, words)]


def folder_problems(paths: Paths) -> list[Problem]:
    folders = [paths.data, *(getattr(paths, name) for name in WRITTEN_FOLDERS)]
    return [unwritable(folder) for folder in folders if not os.access(folder, os.W_OK | os.X_OK)]


def unwritable(folder: Path) -> Problem:
    advice = "Give the server's user the right to write there, or mount it writable."
    message = f"The folder {folder.name} is missing or cannot be written."
    return problem("error", "data", message, advice, problem_words(ProblemText.FOLDER, name=folder.name))


def disk_problems(data: Path, usage: Callable[[Path], Any] = shutil.disk_usage) -> list[Problem]:
    try:
        total, _, free = usage(data)
    except OSError:
        return []  # the folder itself is missing, which folder_problems reports
    if free >= LEAST_FREE_BYTES and free >= total * LEAST_FREE_SHARE:
        return []
    megabytes = free // 1024**2
    message = f"Only {megabytes} MB are free on the disk of the data folder."
    words = problem_words(ProblemText.DISK, megabytes=megabytes)
    return [problem("warning", "disk", message, "Make room, for instance in RotatedLogs.", words)]


def script_problems(script: str) -> list[Problem]:
    if script_exists(script):
        return launch_problems(script)
    name = Path(script).name
    message = f"The poster script {name!r} cannot be found."
    advice = "Set POSTER_SCRIPT to an existing file, or leave it out."
    return [problem("error", "script", message, advice, problem_words(ProblemText.SCRIPT_MISSING, name=name))]


def launch_problems(script: str) -> list[Problem]:
    """Why an existing script cannot be launched."""
    program = script_command(script)[0]
    # The interpreter that runs this also runs the scripts in its language.
    if program == sys.executable or shutil.which(program):
        return []
    name = Path(script).name
    if program == script:
        message, words = (
            f"The poster script {name!r} is not executable.",
            problem_words(ProblemText.SCRIPT_REFUSED, name=name),
        )
        return [problem("error", "script", message, "Use chmod +x.", words)]
    message = f"{program} is not installed, and the poster script {name!r} needs it."
    words = problem_words(ProblemText.PROGRAM_MISSING, program=program, name=name)
    return [problem("error", "script", message, "Install PowerShell 7, or leave POSTER_SCRIPT out.", words)]


def leader_problems(leader: dict | None) -> list[Problem]:
    if leader and is_alive(leader):
        return [] if moves(leader) else [LEADER_HANGS]
    message = "No worker leads, so that runs, schedules and update checks wait."
    advice = "Another worker takes over within seconds; if not, restart the server."
    return [problem("error", "leader", message, advice, problem_words(ProblemText.NO_LEADER))]


def moves(leader: dict) -> bool:
    """Whether the leader has shown a heartbeat lately, by the clock that all processes of a machine share."""
    return time.monotonic() - leader.get("beat", time.monotonic()) < LEADER_BEAT_SECONDS


def is_alive(leader: dict) -> bool:
    """Whether the leader's process lives, and its pid was not reused."""
    pid = leader["pid"]
    return Identity(pid, leader.get("started") or identify(pid).started).alive


def published_problems(found: list[dict], private: bool) -> list[Problem]:
    """Published problems of threads, with details only where `private` is set."""
    shown = "message" if private else "public"
    return [
        problem("warning", entry["source"], entry[shown], entry["advice"], words_of(entry, private))
        for entry in found
    ]


def words_of(entry: dict, private: bool) -> dict[str, Any]:
    """The values of a text are details; without them the kind stays, by which a problem is silenced."""
    text, values = entry.get("text", ""), entry.get("values", {})
    if private or not text:
        return {"text": text, "values": values}
    return {"text": "", "values": {}, "kind": text}


def schedule_problems(section: dict | None, private: bool) -> list[Problem]:
    found = (section or {}).get("problems", ())
    return published_problems([{"source": "scheduler", **entry} for entry in found], private)


def trigger_problems(figures: TriggerFigures, private: bool) -> list[Problem]:
    """Failed triggers; the reason of the latest only where `private` is set."""
    failed = figures.counts[TriggerStatus.FAILED]
    if not failed:
        return []
    some = "1 trigger has" if failed == 1 else f"{failed} triggers have"
    message = f"{some} failed for good" + (f"; the latest: {figures.latest_failure}" if private else ".")
    advice = "See GET /api/triggers?status=failed; replay them when the reason is gone, or delete them."
    words = problem_words(ProblemText.FAILED_TRIGGERS, count=failed, reason=figures.latest_failure or "")
    return [problem("warning", "triggers", message, advice, words_of(words, private))]


def upload_problems(counts: Mapping[str, int]) -> list[Problem]:
    """One line with the number of pictures that the media server does not show as they were made.

    `counts` has how many assets have each word of what became of an upload.
    """
    found = [(word, counts[word]) for word in UPLOADS if counts.get(word)]
    if not found:
        return []
    amounts = [f"{amount} {UPLOADS[word][min(amount, 2)]}" for word, amount in found]
    amounts[0] = amounts[0].replace(" ", " picture " if found[0][1] == 1 else " pictures ", 1)
    kind = "note" if found[0][0] == WAITING else "warning"
    values = {word: counts.get(word, 0) for word in UPLOADS}
    words = {"text": f"uploads_{found[0][0]}", "values": values}
    return [problem(kind, "uploads", f"{', '.join(amounts)}.", UPLOADS[found[0][0]][0], words)]


def takeover_problems(record: TakeoverRecord | None) -> list[Problem]:
    """The parts of an existing data folder that could not be read."""
    parts = record["parts"] if record else []
    advice = "takeover_report.txt says why. Correct it, or remove the file, and run: posterizarr takeover"
    return [
        problem(
            "note",
            "takeover",
            not_taken_over(part),
            advice,
            problem_words(ProblemText.TAKEOVER, file=part["source"]),
        )
        for part in parts
        if part["state"] == PartState.FAILED
    ]


def not_taken_over(part: Mapping[str, Any]) -> str:
    return f"{part['source']} could not be taken over ({part['name']})."


def update_problems(document: StoredDocument | None) -> list[Problem]:
    if document is None or not document.error:
        return []
    advice = "Check the connection to the internet, or set UPDATE_CHECK to false."
    message = f"The last update check failed: {document.error}"
    words = problem_words(ProblemText.RELEASES, reason=document.error)
    return [problem("note", "releases", message, advice, words)]
