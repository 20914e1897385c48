"""How a run ended, by what its script left: report, log, output, exit code."""

import re
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.access.redaction import redact
from app.core.execution.report import Report, from_log
from app.core.launch import GIVEN_UP, PREFIX, UNRECORDED
from app.core.runs import requeue
from app.models import Run, Status

ALREADY_RUNNING = "Another Posterizarr instance already running"
HANDLED_EXIT = "Exiting Posterizarr run"
STOPPED_BEFORE = "was stopped by request before it began"
UNKNOWN_LAUNCH = "the launch could not be recorded"
NOTHING_DRAWN = "the script made no image; its log says why"
UNSENT = "the message about the run was not sent"
NO_REPORT = "the script ended without a report"
NOT_TAKEN_BACK = "not taken back"
LEFT_LINE = "Left: "
LOG_LINE = re.compile(r"^\[[^\]]*\]\s*\[(?P<level>\w+)\s*\]\s*(?:\[[^\]]*\]\s*)?\|[^|]*\|(?P<message>.*)$")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
LONGEST_REASON = 500
RETRY_SECONDS = 30.0


@dataclass(frozen=True)
class RunEvidence:
    """What is left of an attempt: its lines are the last ones, its exit code is None where nobody saw it.

    `must_draw` is for a mode that makes one asset and has done nothing where it made none.
    """

    mode_reports: bool
    exit_code: int | None = None
    report: Report | None = None
    log: tuple[str, ...] = ()
    output: tuple[str, ...] = ()
    was_followed: bool = True
    has_begun: bool = True
    has_worked: bool = False
    must_draw: bool = False


@dataclass(frozen=True)
class Ending:
    """What to record: a status, why, and the counters where the script reports them."""

    status: Status
    reason: str | None = None
    report: Report | None = None
    retry_seconds: float = 0.0


def judge_run(evidence: RunEvidence) -> Ending:
    """The ending of a script that ended by itself."""
    if (refused := refused_ending(evidence)) is not None:
        return refused
    if evidence.report:
        return completed_ending(evidence, evidence.report)
    # A second script that somebody else started writes its refusal into the log of the first.
    if any(ALREADY_RUNNING in line for line in evidence.log[-20:]) and not evidence.has_worked:
        return another_instance()
    if report := from_log(evidence.log):
        return completed_ending(evidence, report)
    return without_report(evidence)


def completed_ending(evidence: RunEvidence, report: Report) -> Ending:
    """The ending of a script that did its work; its errors are given as the reason."""
    if evidence.must_draw and drew_nothing(report):
        return Ending(Status.FAILED, last_error(evidence.log) or NOTHING_DRAWN, report)
    errors = report.values.get("errors")
    if not errors:
        return Ending(Status.COMPLETED, reason_without_errors(evidence, report), report)
    amount = "1 error" if errors == 1 else f"{errors} errors, the last"
    stated = last_error(evidence.log)
    reason = f"{amount}: {stated}"[:LONGEST_REASON] if stated else amount.partition(",")[0]
    return Ending(Status.COMPLETED, reason, report)


def reason_without_errors(evidence: RunEvidence, report: Report) -> str | None:
    """What a run without errors did not do: what an undo left, and messages that were not sent."""
    unsent = " ".join(report.message_problems)
    found = [what_was_left(evidence.log, report.left), f"{UNSENT}: {unsent}" if unsent else ""]
    return "; ".join(filter(None, found))[:LONGEST_REASON] or None


def what_was_left(log: tuple[str, ...], count: int) -> str:
    """How much an undo left, and the last of it with its reason; "" where it took back all."""
    if not count:
        return ""
    amount = f"1 picture was {NOT_TAKEN_BACK}" if count == 1 else f"{count} pictures were {NOT_TAKEN_BACK}"
    stated = (plain_message(line) for line in reversed(log) if LEFT_LINE in line)
    last = next((text.removeprefix(LEFT_LINE) for text in stated if text.startswith(LEFT_LINE)), "")
    return f"{amount}: {last}" if last else amount


def drew_nothing(report: Report) -> bool:
    """Whether the script counted its images and found none; one that gave no count is believed."""
    return report.values.get("total_images") == 0 and not report.values.get("collections")


def refused_ending(evidence: RunEvidence) -> Ending | None:
    """The ending of an attempt whose script did no work, None for any other."""
    if any(ALREADY_RUNNING in line for line in evidence.output[-20:]) and not evidence.report:
        return another_instance()
    reasons = [
        plain_message(line.removeprefix(PREFIX)) for line in evidence.output if line.startswith(PREFIX)
    ]
    if never_began(evidence, bool(reasons)):
        return Ending(Status.QUEUED, reasons[-1] if reasons else UNKNOWN_LAUNCH, retry_seconds=RETRY_SECONDS)
    return Ending(Status.FAILED, reasons[-1]) if reasons else None


def never_began(evidence: RunEvidence, is_told: bool) -> bool:
    """Whether the launcher gave up for a reason that may pass; on a full disk it cannot write that."""
    if not evidence.has_begun:
        return True
    is_silent = not evidence.output and not evidence.log
    return evidence.exit_code in (GIVEN_UP, UNRECORDED) and (is_told or is_silent)


def another_instance() -> Ending:
    return Ending(Status.QUEUED, "another Posterizarr instance is running", retry_seconds=RETRY_SECONDS)


def without_report(evidence: RunEvidence) -> Ending:
    if stated := handled_reason(evidence.log) or handled_reason(evidence.output):
        return Ending(Status.FAILED, stated)
    if not evidence.was_followed:
        return Ending(Status.INTERRUPTED, "the server was away when the script ended, and it left no report")
    if (
        evidence.exit_code == 0
        and not evidence.mode_reports
        and evidence.log
        and not last_error(evidence.log)
    ):
        return Ending(Status.COMPLETED)
    return Ending(Status.FAILED, own_reason(evidence))


def handled_reason(lines: tuple[str, ...]) -> str | None:
    """Why the script gave up, where its log says so."""
    exits = [index for index, line in enumerate(lines) if HANDLED_EXIT in line]
    if not exits:
        return None
    before = lines[: exits[-1]]
    return last_error(before) or next(
        (text for line in reversed(before) if (text := plain_message(line))), HANDLED_EXIT
    )


def own_reason(evidence: RunEvidence) -> str:
    """The script's last error where it has one, else how its process ended."""
    stated = last_error(evidence.log) or last_error(evidence.output)
    ended = how_it_ended(evidence.exit_code)
    said = next((text for line in reversed(evidence.output) if (text := plain_message(line))), "")
    return stated or (f"{ended}: {said}"[:LONGEST_REASON] if said else ended)


def how_it_ended(code: int | None) -> str:
    if not code:
        return NO_REPORT
    if code > 0:
        return f"the script ended with exit code {code}"
    known = -code in set(signal.Signals)
    return f"the script was killed by signal {-code}" + (f" ({signal.Signals(-code).name})" if known else "")


def last_error(lines: tuple[str, ...]) -> str | None:
    found = (LOG_LINE.match(line) for line in reversed(lines))
    return next((plain_message(match[0]) for match in found if match and match["level"] == "ERROR"), None)


def plain_message(line: str) -> str:
    """The message of a line, without its columns, control characters and secrets."""
    match = LOG_LINE.match(line)
    plain = ESCAPES.sub("", match["message"] if match else line).replace("[ERROR-HERE]", "").strip()
    return redact(plain)[:LONGEST_REASON]


def put_back(run: Run, ending: Ending, moment: datetime) -> None:
    """Queue the run for another attempt, unless a stop was requested."""
    if run.stop_requested:
        write_down(run, Ending(Status.STOPPED, STOPPED_BEFORE), moment, 0)
        return
    requeue(run, ending.reason or "", moment + timedelta(seconds=ending.retry_seconds))


def write_down(run: Run, ending: Ending, moment: datetime, lasted: float) -> None:
    """Put a final ending into the row; `lasted` seconds count where the script reports no duration."""
    run.status = ending.status
    run.ended_at = moment
    run.reason = ending.reason or (run.reason if run.attempt <= 1 else None)
    take_report(run, ending.report)
    run.runtime_seconds = run.runtime_seconds or max(0, round(lasted))


def take_report(run: Run, report: Report | None) -> None:
    if report is None:
        return
    for name, value in report.values.items():
        setattr(run, name, value)
    run.report_key = report.key
    run.script_started_at = report.started
    run.script_ended_at = report.ended
