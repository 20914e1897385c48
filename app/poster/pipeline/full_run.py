"""The full run: every library of the source, listed, decided, drawn."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.pipeline.account import Account
from app.poster.pipeline.clean_up import CleanUp, open_clean_up
from app.poster.pipeline.engine import Engine, open_engine
from app.poster.pipeline.failure_notes import FailureNotes
from app.poster.pipeline.flow import Flow
from app.poster.pipeline.holding import drawn_paths, held_paths, hold_for_person
from app.poster.pipeline.listing import Listed, Listing
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.plan_sheet import PlanSheet
from app.poster.pipeline.planned import Work
from app.poster.pipeline.scoped import works_in_scope
from app.poster.planning.asked_text import text_of
from app.poster.records.ids import Medium
from app.poster.records.library import Library
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.sources.exports import ExportSheets
from app.poster.worklist.claims import Claims


def make_library(job: Job) -> None:
    """Make what is missing or changed in all libraries; HandledExit where nothing can be listed.

    With -Only it is these assets alone; what a person holds, or has given a text, is held afterwards.
    """
    text = text_of(job.order)
    with open_engine(job) as engine:
        held = held_paths(engine)
        work_through_libraries(engine)
        drawn = drawn_paths(engine)
    if kept := drawn & held if text is None else drawn:
        hold_for_person(job, kept)


def plan_library(job: Job) -> None:
    """Write what a full run would do, and change nothing."""
    with open_engine(job, is_dry=True) as engine:
        work_through_libraries(engine)


def work_through_libraries(engine: Engine) -> None:
    libraries = engine.source.libraries()
    announce(engine, libraries)
    works = exported(engine, Listing(engine, Claims()).whole(libraries))
    works = works_in_scope(engine.scope, works)
    account = work_through(engine, works, open_clean_up(engine), engine.scope.is_whole)
    refuse_empty_run(engine, account, libraries)


def exported(engine: Engine, works: Iterable[Work | Listed]) -> Iterator[Work | Listed]:
    """The works as they are, while their items are written into the export CSVs.

    A dry run writes none, and neither does one over the first titles, whose tables would look like all.
    """
    if engine.is_dry or engine.scope.first is not None:
        yield from works
        return
    has_episodes = Kind.TITLE_CARD in engine.work_rules.kinds
    with closing(ExportSheets(engine.job.folders.logs, engine.source.name, has_episodes)) as sheets:
        for work in works:
            if isinstance(work, Work) and work.item.medium is not Medium.COLLECTION:
                sheets.add(work.item)
            yield work


def announce(engine: Engine, libraries: Sequence[Library]) -> None:
    names = ", ".join(library.name for library in libraries)
    engine.job.log.info("Source %s with the libraries %s", engine.source.name.value, names)


def work_through(
    engine: Engine,
    works: Iterable[Work | Listed],
    clean_up: CleanUp | None = None,
    is_whole: bool = False,
) -> Account:
    """Take every step that the works ask for, clean up, and give the account of it.

    `is_whole` says that the works are all that the source has.
    """
    account, failures = Account(engine.job), FailureNotes(engine)
    environment = engine.job.environment
    plans, name = engine.job.folders.engine / "plans", environment.run or engine.run
    with PlanSheet(plans, name, environment.plans_megabytes) as sheet:
        for arrival in Flow(engine).outcomes(works):
            account.take(arrival)
            if clean_up:
                clean_up.take(arrival)
            if isinstance(arrival, Outcome):
                sheet.add(arrival)
                failures.take(arrival)
        if clean_up:
            clean_up.finish(sheet)
    if is_whole and not account.incomplete:
        failures.end_whole_run()
    account.tell_progress(at_once=True)
    engine.job.note(engine.rule_book.notes)
    if engine.uploader:
        engine.job.tally.uploads.trouble = engine.uploader.trouble
    return account


def refuse_empty_run(engine: Engine, account: Account, libraries: Sequence[Library]) -> None:
    """HandledExit where the libraries hold nothing of it at all: that is hardly ever what a user wants."""
    if account.items or account.incomplete:
        return
    if engine.scope.only is not None:
        reason = "No library has any of the pictures that were asked for: their titles are gone or left out"
        raise HandledExit(ExitCode.FAILED, reason)
    names = ", ".join(library.name for library in libraries)
    reason = f"There is no film and no show in {names}; check the folders of these libraries"
    raise HandledExit(ExitCode.FAILED, reason)
