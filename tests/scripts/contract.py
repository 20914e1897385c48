"""What the fake scripts share: where things lie, the log's format, the report's content."""

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

DATA = Path(os.environ["APP_DATA"])
LOGS = DATA / "Logs"
RUNNING_FILE = DATA / "temp" / "Posterizarr.Running"
SECONDS = float(os.environ.get("FAKE_SECONDS", "0"))
STEPS = int(os.environ.get("FAKE_STEPS", "4"))
MODES = {
    "-UISchedule": ("scheduled", "Scriptlog.log"),
    "-Testing": ("testing", "Testinglog.log"),
    "-Manual": ("manual", "Manuallog.log"),
    "-Backup": ("backup", "Scriptlog.log"),
    "-SyncJelly": ("syncjelly", "Scriptlog.log"),
    "-SyncEmby": ("syncemby", "Scriptlog.log"),
    "-Tautulli": ("tautulli", "Scriptlog.log"),
    "-ArrTrigger": ("arr", "Scriptlog.log"),
    "-PosterReset": (None, "Scriptlog.log"),
    "-Restore": (None, "Scriptlog.log"),
}
MODE, LOG_NAME = next((MODES[word] for word in sys.argv[1:2] if word in MODES), ("normal", "Scriptlog.log"))


def note_start() -> None:
    """One line for each time that a script really begins: `<token> <pid> <arguments as JSON>`."""
    token = os.environ.get("POSTERIZARR_RUN", "-").partition("@")[0]
    line = f"{token} {os.getpid()} {json.dumps(sys.argv[1:])}\n"
    descriptor = os.open(DATA / "starts.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.write(descriptor, line.encode())
    os.close(descriptor)


def rotate_logs() -> None:
    """Rename the whole folder, as version 2 does."""
    target = DATA / "RotatedLogs" / f"Logs_{datetime.now():%Y%m%d_%H%M%S}_{time.monotonic_ns()}"
    target.parent.mkdir(exist_ok=True)
    if LOGS.exists():
        LOGS.rename(target)
    LOGS.mkdir(exist_ok=True)


def say(message: str, level: str = "INFO", detail: bool = False) -> None:
    time_stamp = f"{datetime.now():%Y-%m-%d %H:%M:%S}"
    level_word = f"[{level}]"
    line = f"[{time_stamp}] {level_word:<10}|L.101 |{'      ' if detail else ' '}{message}\n"
    LOGS.mkdir(exist_ok=True)
    with (LOGS / LOG_NAME).open("ab") as log:
        log.write(line.encode())
    print(line, end="", flush=True)


def refuse_second_instance() -> None:
    if RUNNING_FILE.exists():
        say("Another Posterizarr instance already running, exiting now...", "WARNING")
        raise SystemExit(0)
    RUNNING_FILE.parent.mkdir(exist_ok=True)
    RUNNING_FILE.write_text("Normal")


def work() -> None:
    say("Starting asset creation now, this can take a while...")
    for number in range(1, STEPS + 1):
        time.sleep(SECONDS / STEPS)
        say(f"Drawing {number} of {STEPS}: sample {number}")
        say(f"Added: /assets/sample{number}.jpg", detail=True)


def report(started: datetime, **overrides) -> dict:
    ended = datetime.now()
    seconds = int((ended - started).total_seconds())
    return {
        "Posters": STEPS,
        "Backgrounds": 0,
        "Titlecards": 0,
        "Seasons": 0,
        "Collections": 0,
        "Mode": MODE,
        "Runtime": f"{seconds // 3600}:{seconds // 60 % 60}:{seconds % 60}",
        "Errors": 0,
        "Fallbacks": {"Title": "Alien"},
        "Textless": [{"Title": "Alien"}, {"Title": "Dark"}],
        "Truncated": 0,
        "Text": 0,
        "TBA Skipped": 0,
        "Jap/Chines Skipped": 0,
        "Notification Sent": "true",
        "Uptime Kuma": "false",
        "Images cleared": 0,
        "Folders Cleared": 0,
        "Space saved": "1.20 GB",
        "Script Version": "2.1.15",
        "IM Version": "7.1.2-8",
        "Start time": f"{started:%d.%m.%Y %H:%M:%S}",
        "End Time": f"{ended:%d.%m.%Y %H:%M:%S}",
        **overrides,
    }


def summary(started: datetime) -> None:
    seconds = int((datetime.now() - started).total_seconds())
    say(f"Finished, Total images created: {STEPS}")
    say(
        f"Show/Movie Posters created: {STEPS}| Season images created: 0 | Background images created: 0 |"
        " TitleCards created: 0"
    )
    say(f"Script execution time: {seconds // 3600}h {seconds // 60 % 60}m {seconds % 60}s ")


def write_report(started: datetime, **overrides) -> None:
    if MODE:
        (LOGS / f"{MODE}.json").write_text(json.dumps(report(started, **overrides)))


def finish(started: datetime) -> None:
    summary(started)
    write_report(started)
    RUNNING_FILE.unlink(missing_ok=True)
