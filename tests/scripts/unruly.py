"""A fake poster script that breaks the contract; fault.txt in the data folder, or FAKE_FAULT, names how."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime

from contract import (
    DATA,
    LOG_NAME,
    LOGS,
    MODE,
    RUNNING_FILE,
    SECONDS,
    finish,
    note_start,
    refuse_second_instance,
    rotate_logs,
    say,
    summary,
    work,
    write_report,
)

LONG = 600
CHILD = """
import os, signal, time
{}
open(os.environ['APP_DATA'] + '/grandchild.' + str(os.getpid()), 'w').close()
time.sleep(600)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
WHOLE = '{"Posters": 7, "Start time": "01.02.2025 10:00:00", "End Time": "01.02.2025 10:00:09"}'


def hangs() -> None:
    say("Starting something that never ends...")
    time.sleep(LONG)


def ignores_term() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    hangs()


def floods() -> None:
    line = b"[2025-11-25 16:34:18] [INFO]    |L.1   | " + b"x" * 100 + b"\n"
    with (LOGS / LOG_NAME).open("ab") as log:
        for _ in range(200):
            log.write(line * 2000)
    finish(started)


def floods_output() -> None:
    for _ in range(200):
        os.write(1, b"y" * 200_000)
    finish(started)


def floods_for_seconds() -> None:
    """About 100 MB a second, half of it into the log and half of it to the console."""
    lines = b"[2025-11-25 16:34:18] [INFO]    |L.1   | Drawing 1 of 9: " + b"x" * 100 + b"\n"
    block = lines * (500_000 // len(lines))
    until = time.monotonic() + SECONDS
    with (LOGS / LOG_NAME).open("ab", buffering=0) as log:
        for due in range(1, round(SECONDS * 100) + 1):
            log.write(block)
            os.write(1, block)
            time.sleep(max(0, until - SECONDS + due / 100 - time.monotonic()))
    finish(started)


def half_report() -> None:
    (LOGS / f"{MODE}.json").write_text('{"Posters": 3, "Backgr')


def half_report_with_summary() -> None:
    half_report()
    summary(started)


def late_report() -> None:
    """The report becomes whole only after the script itself has gone."""
    half_report()
    path = str(LOGS / f"{MODE}.json")
    code = f"import time; time.sleep(0.8); open({path!r}, 'w').write({WHOLE!r})"
    subprocess.Popen([sys.executable, "-c", code], start_new_session=True)


def nonsense_report() -> None:
    write_report(started, Posters="many", Fallbacks="x", Runtime=[1], Errors=None, **{"Start time": 5})


def says_nothing() -> None:
    RUNNING_FILE.unlink(missing_ok=True)


def crashes() -> None:
    say("[ERROR-HERE] The server at http://plex/?X-Plex-Token=abc123 does not answer", "ERROR")
    raise SystemExit(3)


def gives_up() -> None:
    say("No library was found", "ERROR")
    say("Exiting Posterizarr run...")
    RUNNING_FILE.unlink(missing_ok=True)


def kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leaves_grandchildren() -> None:
    """One in our group, one in a session of its own, one that is deaf: and all of them stay."""
    subprocess.Popen([sys.executable, "-c", CHILD.format("")])
    subprocess.Popen([sys.executable, "-c", CHILD.format("")], start_new_session=True)
    subprocess.Popen([sys.executable, "-c", CHILD.format(DEAF)], start_new_session=True)
    while len(list(DATA.glob("grandchild.*"))) < 3:
        time.sleep(0.02)
    hangs()


def rotates_meanwhile() -> None:
    work()
    rotate_logs()
    work()
    finish(started)


def writes_bytes() -> None:
    with (LOGS / LOG_NAME).open("ab") as log:
        log.write(b"[2025-11-25 16:34:18] [INFO]    |L.1   | Drawing 1 of 2: \xff\xfe\x00\xe9\n")
    os.write(1, b"\xff\xfe\x00\n")
    finish(started)


def another_instance() -> None:
    say("Another Posterizarr instance already running, exiting now...", "WARNING")


FAULTS = {
    function.__name__: function
    for function in (
        hangs,
        ignores_term,
        floods,
        floods_output,
        floods_for_seconds,
        half_report,
        half_report_with_summary,
        late_report,
        nonsense_report,
        says_nothing,
        crashes,
        gives_up,
        kills_itself,
        leaves_grandchildren,
        rotates_meanwhile,
        writes_bytes,
        another_instance,
    )
}

note_start()
started = datetime.now()
rotate_logs()
refuse_second_instance()
named = DATA / "fault.txt"
FAULTS[named.read_text() if named.exists() else os.environ["FAKE_FAULT"]]()
