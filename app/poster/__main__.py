"""The built-in poster script as a program."""

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from logging import ERROR
from time import monotonic
from typing import NoReturn

from app.poster.doctor.examination import check_artwork, repair_artwork
from app.poster.folders import data_folder, read_folders
from app.poster.inquiries.inquiry import BadInquiry, Inquiry, read_particulars
from app.poster.inquiries.table import respond
from app.poster.messages.sending import send_failure
from app.poster.messages.trial import send_trials, trials_document, with_tried
from app.poster.modes.run import Start, conduct
from app.poster.records.environment import BadEnvironment, read_environment
from app.poster.script.arguments import BadArguments, Mode, Order, parse
from app.poster.script.exits import AlreadyRunning, ExitCode, HandledExit, Stopped, exit_reason
from app.poster.script.instance import single_instance
from app.poster.script.log import RunLog, open_log
from app.poster.script.rotation import rotate
from app.poster.script.usage import USAGE
from app.poster.settings import read_settings
from app.poster.support.gathering import gather
from app.poster.undoing.store_report import report_text, store_report
from app.poster.web.link_local import refuse_link_local

# Seconds that threads get after the run's end.
LONGEST_GOODBYE = 2.0
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def main() -> int:
    """Run once and return the exit code; whatever goes wrong is one line on stderr."""
    hold_stop_signals()
    refuse_link_local()
    try:
        order = parse(sys.argv[1:])
        return work_of(order)(order, dict(os.environ))
    except (BadArguments, BadInquiry) as error:
        return complain(ExitCode.BAD_ARGUMENTS, str(error))
    except BadEnvironment as error:
        return complain(ExitCode.BAD_CONFIGURATION, str(error))
    except Stopped as stopped:
        return complain(stopped.code, "Stopped by a signal")
    except OSError as error:
        return complain(ExitCode.FAILED, exit_reason(error, data_folder(dict(os.environ))))


def work_of(order: Order) -> Callable[[Order, dict[str, str]], ExitCode]:
    """What the command line asks for: an answer at once, or a run."""
    given = order.switches | order.values.keys()
    if answer := next((answer for name, answer in ANSWERED_AT_ONCE.items() if name in given), None):
        return answer
    return gather_logs if order.mode is Mode.GATHER_LOGS else run_as_ordered


def run_as_ordered(order: Order, environment: dict[str, str]) -> ExitCode:
    return run(prepare(order, environment))


def show_usage(order: Order, environment: dict[str, str]) -> ExitCode:
    sys.stdout.write(USAGE)
    return ExitCode.DONE


def test_messages(order: Order, environment: dict[str, str]) -> ExitCode:
    """Send test messages and print what became of them; no run, no log, and no wait for a run that is active.

    MESSAGE_SETTINGS holds a JSON object of settings that are tried in place of those of config.json: as a
    variable, because arguments of a process can be read by others.
    """
    settings = read_settings(data_folder(environment) / "config.json")
    if settings.trouble:
        return complain(ExitCode.BAD_CONFIGURATION, settings.trouble)
    if given := environment.get("MESSAGE_SETTINGS"):
        settings = with_tried(settings, given)
    with stoppable():
        trials = send_trials(settings)
    sys.stdout.write(f"{trials_document(trials)}\n")
    return ExitCode.DONE if all(trial.sent for trial in trials) else ExitCode.FAILED


def show_store(order: Order, environment: dict[str, str]) -> ExitCode:
    """Print what the store of replaced pictures holds; no run, no log, no wait for an active run."""
    data = data_folder(environment)
    with stoppable():
        report = store_report(data / "engine", read_environment(environment, data).store)
    sys.stdout.write(report_text(report))
    return ExitCode.FAILED if report["problems"] else ExitCode.DONE


def run_doctor(order: Order, environment: dict[str, str]) -> ExitCode:
    """Print what is wrong with journal, store and files; with -Repair only while no run is active."""
    folders = prepare(order, environment).folders
    try:
        with stoppable():
            report = repair_artwork(folders) if "Repair" in order.switches else check_artwork(folders)
    except AlreadyRunning as ending:
        sys.stdout.write(report_text({"refused": ending.reason}))
        return complain(ending.code, ending.reason)
    sys.stdout.write(report_text(report))
    return ExitCode.DONE if report["sound"] else ExitCode.FAILED


def gather_logs(order: Order, environment: dict[str, str]) -> ExitCode:
    """Write the support zip and print one JSON document with its path, also while a run is active."""
    with stoppable():
        made = gather(data_folder(environment), environment)
    sys.stdout.write(f"{json.dumps(made)}\n")
    return ExitCode.DONE


def answer_inquiry(order: Order, environment: dict[str, str]) -> ExitCode:
    """Print the JSON document that the server asks for; no run, no log, and no wait for an active run."""
    data = data_folder(environment)
    settings = read_settings(data / "config.json")
    given = read_particulars(environment.get("INQUIRY", ""))
    inquiry = Inquiry(given, sys.stdin.buffer, settings, read_environment(environment, data))
    with stoppable():
        answer = respond(order.value("Inquire"), inquiry)
    sys.stdout.write(f"{json.dumps(answer)}\n")
    return ExitCode.DONE


ANSWERED_AT_ONCE: Mapping[str, Callable[[Order, dict[str, str]], ExitCode]] = {
    "Help": show_usage,
    "NotifyTest": test_messages,
    "Store": show_store,
    "Doctor": run_doctor,
    "Inquire": answer_inquiry,
}


def prepare(order: Order, environment: dict[str, str]) -> Start:
    """Gather what a run needs; the environment's folders overrule those of config.json."""
    moment = datetime.now()
    data = data_folder(environment)
    settings = read_settings(data / "config.json")
    folders = read_folders(data, settings, environment)
    return Start(order, folders, settings, moment, read_environment(environment, data))


def run(start: Start) -> ExitCode:
    """Run as the only script on the data folder; the live logs of another one are not rotated away."""
    read, folders, mode = start.settings, start.folders, start.order.mode
    force = read.flag("PrerequisitePart", "ForceRunningDeletion")
    keep = read.whole("PrerequisitePart", "maxLogs", 1, 10_000)
    level = read.whole("PrerequisitePart", "logLevel", 1, 3)
    try:
        with single_instance(folders.temp, mode.word, force), stoppable():
            if mode.rotates:
                rotate(folders.logs, folders.rotated_logs, keep)
            with open_log(folders.logs / mode.log, level) as log:
                return attend(start, log)
    except AlreadyRunning as ending:
        # The exit code is enough where the other script has filled the disk.
        with suppress(OSError), open_log(folders.logs / mode.log, level) as log:
            log.warning(ending.reason)
        return complain(ending.code, ending.reason)


def attend(start: Start, log: RunLog) -> ExitCode:
    """Conduct the run, and turn every way in which it can fail into a reason and an exit code."""
    try:
        return conduct(start, log)
    except HandledExit as ending:
        return give_up(start, log, ending.code, ending.reason)
    except Stopped as stopped:
        return leave(log, stopped.code, "Stopped by a signal")
    except OSError as error:
        return give_up(start, log, ExitCode.FAILED, exit_reason(error, start.folders.data))
    # A fault of our own must have its reason in the log.
    except Exception as error:
        for line in traceback.format_exc().splitlines():
            log.detail(ERROR, line)
        return give_up(start, log, ExitCode.FAILED, f"Unexpected {type(error).__name__}: {error}")


def give_up(start: Start, log: RunLog, code: ExitCode, reason: str) -> ExitCode:
    """Leave with a reason that is sent to those who get messages, too."""
    leave(log, code, reason)
    with suppress(OSError, Stopped):
        send_failure(start.settings, start.order.mode, reason, start.moment, log)
    return code


def leave(log: RunLog, code: ExitCode, reason: str) -> ExitCode:
    complain(code, reason)
    # The reason for leaving may be that nothing can be written any more.
    with suppress(OSError):
        log.error(reason)
        log.summary("Exiting Posterizarr run...")
    return code


def complain(code: ExitCode, reason: str) -> ExitCode:
    with suppress(OSError):
        os.write(sys.__stderr__.fileno(), f"posterizarr: {reason}\n".encode("utf-8", "backslashreplace"))
    return code


def hold_stop_signals() -> None:
    """From here on TERM and INT wait until the run is ready for them, see `stoppable`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    for number in STOP_SIGNALS:
        signal.signal(number, stop)


def stop(number: int, frame: object) -> None:
    raise Stopped(number)


@contextmanager
def stoppable() -> Iterator[None]:
    """TERM and INT end the block at once; outside of it they wait, so that tidying up is not cut short."""
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)


def end(code: int) -> NoReturn:
    """End the process; a thread that still waits for a network does not hold it up."""
    deadline = monotonic() + LONGEST_GOODBYE
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    for thread in others:
        thread.join(max(deadline - monotonic(), 0))
    if any(thread.is_alive() and not thread.daemon for thread in others):
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    end(main())
