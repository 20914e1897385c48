"""What the plan of a run is a plan of."""

from dataclasses import dataclass

from app.core.decisions.journal import run_number
from app.core.modes import AFTER, FULL_RUN, MODES, ONLY, PLAN, UNDO_RUN
from app.models import Run

SWITCHES = {MODES[name].switches: name for name in ("backup", "restore", "syncjelly", "syncemby")}
# Their steps are pictures of the backup folder or of a media server, and not files of the asset folder.
EXCHANGES = ("backup", "restore", "sync", "syncjelly", "syncemby", "reset", "logoupdater", "logorevert")


@dataclass(frozen=True)
class PlannedRun:
    """What a plan without further choices is of: a mode, or for an undo the number of a run."""

    mode: str = ""
    undoes: int | None = None


def planned_run(run: Run) -> PlannedRun | None:
    """What can be started as it was planned; None for another run, and for a plan with choices of its own."""
    if run.mode != PLAN:
        return None
    words = list(run.arguments)
    if words[:1] == [UNDO_RUN]:
        number = int(words[1]) if words[1].isdigit() else run_number(words[1])
        return PlannedRun(undoes=number) if number and not {ONLY, AFTER} & {*words} else None
    mode = SWITCHES.get(tuple(words)) if words else FULL_RUN
    return PlannedRun(mode) if mode else None


def concerns_files(run: Run) -> bool:
    """Whether the steps of the run are files of the asset folder."""
    switches = {switch for mode in EXCHANGES for switch in MODES[mode].switches}
    return run.mode not in EXCHANGES and not (run.mode == PLAN and switches & {*run.arguments[:1]})
