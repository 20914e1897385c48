"""Sends the messages of a run; whatever fails is a line of the log and never the end of the run."""

from collections.abc import Iterable
from datetime import datetime

from app.poster.messages.composing import failure_message, heartbeat, run_message
from app.poster.messages.message import Message, MessageTrouble
from app.poster.messages.receivers import MessageReceiver, Receivers, read_receivers
from app.poster.modes.job import Job
from app.poster.script.arguments import Mode
from app.poster.script.log import RunLog
from app.poster.script.report import Sent
from app.poster.settings import Settings

# Modes that change nothing: no message is sent about them.
QUIET = (Mode.PLAN, Mode.GATHER_LOGS, Mode.PREFLIGHT)


def send_messages(job: Job, ended: datetime) -> Sent:
    """Send what the settings ask for about a run that came to its end."""
    mode, tally = job.order.mode, job.tally
    if mode in QUIET:
        return Sent()
    receivers = known_receivers(job.settings, job.log)
    message = run_message(mode, tally, ended, job.folders.assets) if receivers.people else None
    told, troubles = send_to(receivers.people if message else (), message, job.log)
    pushed, more = send_to(receivers.monitors, heartbeat(mode, tally, ended), job.log)
    return Sent(told, pushed, (*receivers.notes, *troubles, *more))


def send_failure(settings: Settings, mode: Mode, reason: str, started: datetime, log: RunLog) -> None:
    """Send that a run could not do its work."""
    if mode in QUIET:
        return
    receivers = known_receivers(settings, log)
    message = failure_message(mode, reason, started, datetime.now())
    send_to((*receivers.people, *receivers.monitors), message, log)


def known_receivers(settings: Settings, log: RunLog) -> Receivers:
    receivers = read_receivers(settings)
    for note in receivers.notes:
        log.warning(note)
    return receivers


def send_to(
    receivers: Iterable[MessageReceiver], message: Message | None, log: RunLog
) -> tuple[bool, list[str]]:
    """(whether at least one receiver took the message, a sentence for each that did not)."""
    took, troubles = False, []
    for receiver in receivers:
        try:
            receiver.send(message)
        except MessageTrouble as trouble:
            troubles.append(str(trouble))
            log.warning("The message about this run could not be sent. %s", trouble)
        else:
            took = True
            log.info("The message about this run was sent: %s", receiver.name)
    return took, troubles
