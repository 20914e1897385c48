"""The course of a run, the same for every mode: prepare, work, report."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from platform import platform, python_version

import PIL

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.exchange.backup import back_up
from app.poster.exchange.reset import reset_library
from app.poster.exchange.restore import restore_backup
from app.poster.exchange.sync import sync_servers
from app.poster.folders import Folders
from app.poster.logos.revert import revert_logos
from app.poster.logos.update import update_logos
from app.poster.messages.sending import send_messages
from app.poster.modes.job import Job
from app.poster.modes.manual import make_manual
from app.poster.modes.testing import make_samples
from app.poster.pipeline.full_run import make_library, plan_library
from app.poster.pipeline.triggered_run import make_imported, make_watched
from app.poster.preflight.preflight import make_preflight
from app.poster.publish import write_whole
from app.poster.records.environment import Environment
from app.poster.script.arguments import Mode, Order
from app.poster.script.choices import Choices
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.script.log import RunLog
from app.poster.script.report import (
    NOTHING_SENT,
    Sent,
    Tally,
    encode_outcome,
    outcome,
    script_version,
    summary_lines,
)
from app.poster.settings import Settings
from app.poster.undoing.undo import plan_undo_of_run, undo_ordered_run
from app.poster.undoing.version import restore_ordered_version

WORK_BY_MODE = {
    Mode.TESTING: make_samples,
    Mode.MANUAL: make_manual,
    Mode.NORMAL: make_library,
    Mode.SCHEDULED: make_library,
    Mode.ARR: make_imported,
    Mode.TAUTULLI: make_watched,
    Mode.PREFLIGHT: make_preflight,
    Mode.SYNC: sync_servers,
    Mode.SYNC_JELLY: sync_servers,
    Mode.SYNC_EMBY: sync_servers,
    Mode.RESET: reset_library,
    Mode.BACKUP: back_up,
    Mode.RESTORE: restore_backup,
    Mode.LOGO_UPDATER: update_logos,
    Mode.LOGO_REVERT: revert_logos,
    Mode.UNDO: undo_ordered_run,
    Mode.VERSION: restore_ordered_version,
}

# What -Plan shows beside a full run, by the mode that the rest of the order names.
PLANS = {
    Mode.UNDO: plan_undo_of_run,
    Mode.RESET: partial(reset_library, is_dry=True),
    Mode.BACKUP: partial(back_up, is_dry=True),
    Mode.RESTORE: partial(restore_backup, is_dry=True),
    **dict.fromkeys((Mode.SYNC, Mode.SYNC_JELLY, Mode.SYNC_EMBY), partial(sync_servers, is_dry=True)),
    Mode.LOGO_UPDATER: partial(update_logos, is_dry=True),
    Mode.LOGO_REVERT: partial(revert_logos, is_dry=True),
}


def plan(job: Job) -> None:
    """Write what the order without -Plan would do, and change nothing."""
    rest = replace(job.order, switches=job.order.switches - {"Plan"})
    PLANS.get(rest.mode, plan_library)(job)


WORK = {Mode.PLAN: plan, **WORK_BY_MODE}


@dataclass(frozen=True)
class Start:
    """What is known before the log is open."""

    order: Order
    folders: Folders
    settings: Settings
    moment: datetime
    environment: Environment = Environment()


def conduct(start: Start, log: RunLog) -> ExitCode:
    """Do what the order asks for; HandledExit when that is impossible."""
    greet(start, log)
    if start.settings.trouble:
        raise HandledExit(ExitCode.BAD_CONFIGURATION, start.settings.trouble)
    job = prepare_job(start, log)
    log.summary(f"{start.order.mode.word} Mode Started...")
    WORK[start.order.mode](job)
    close_report(job, datetime.now())
    return job.exit_code


def greet(start: Start, log: RunLog) -> None:
    log.info(
        "Posterizarr Server's poster script %s, Pillow %s, Python %s, %s",
        script_version(),
        PIL.__version__,
        python_version(),
        platform(),
    )
    log.info("Data folder %s, asset folder %s", start.folders.data, start.folders.assets)
    if not start.folders.config.exists():
        log.info("There is no config.json: the defaults are used")


def prepare_job(start: Start, log: RunLog) -> Job:
    ensure_default_overlays(start.folders.overlays)
    choices = Choices(start.folders.logs / "ImageChoices.csv")
    if start.order.mode.rotates:
        choices.begin()
    styles = StyleBook(start.settings, start.folders.overlays)
    tally = Tally(start.moment)
    return Job(start.order, start.folders, start.settings, log, tally, choices, styles, start.environment)


def close_report(job: Job, ended: datetime) -> None:
    """Write the closing lines and <mode>.json, once before messages are sent and once after."""
    job.note_settings()
    for line in summary_lines(job.tally, ended):
        job.log.summary(line)
    mode = job.order.mode
    write_report(job, mode, ended, NOTHING_SENT)
    sent = send_messages(job, ended)
    if sent != NOTHING_SENT:
        write_report(job, mode, ended, sent)


def write_report(job: Job, mode: Mode, ended: datetime, sent: Sent) -> None:
    facts = outcome(job.tally, mode, ended, sent)
    write_whole(job.folders.logs / f"{mode.summary}.json", encode_outcome(facts))
