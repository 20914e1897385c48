"""The clean-up at the end of a full run: what it finds, whether it may, and what it says."""

from collections.abc import Iterable

from app.poster.applying.failures import ends_the_run
from app.poster.applying.publishing import ChangedMeanwhile
from app.poster.cleaning.asset_folder import AssetWalk, reserved_folders
from app.poster.cleaning.census import Census
from app.poster.cleaning.deletion import Cleared, Deletion
from app.poster.cleaning.orphans import Left, Orphan, is_unwanted, judge_unwanted
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.flow import Arrival
from app.poster.pipeline.listing import Listed
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.plan_sheet import PlanLine, PlanSheet
from app.poster.records.ids import Medium
from app.poster.records.library import LibraryContent, SourceName
from app.poster.records.reasons import Owner, Reason

SWITCH = "Clean"
# A clean-up of more than one in so many pictures waits until a person allows it.
ONE_IN = 10
MOST_NAMED = 5


def is_of_collections(arrival: Arrival) -> bool:
    if isinstance(arrival, Outcome):
        return arrival.planned.wanted.item.medium is Medium.COLLECTION
    if isinstance(arrival, Listed):
        return arrival.library.content is LibraryContent.COLLECTIONS
    return arrival.item.medium is Medium.COLLECTION


def open_clean_up(engine: Engine) -> "CleanUp | None":
    """The clean-up of the run, None where nothing asks for one or the run is about some pictures."""
    if not engine.scope.is_whole:
        return None  # what the run does not list is no orphan
    asks = SWITCH in engine.job.order.switches
    return CleanUp(engine) if asks or engine.job.settings.flag("PrerequisitePart", "AssetCleanup") else None


class CleanUp:
    """Takes down what the run lists, and deletes at its end; used by one thread.

    A dry run deletes nothing and writes the same lines into its plan.
    """

    def __init__(self, engine: Engine):
        self._engine = engine
        rules = engine.work_rules
        self._census = Census(rules.layout, rules.kinds, excluded_libraries(engine))
        self._ours = 0

    def take(self, arrival: Arrival) -> None:
        """Note what came out of the flow; collections lie apart from what is cleaned up."""
        if is_of_collections(arrival):
            return
        if isinstance(arrival, Outcome):
            step = arrival.planned.step
            self._ours += step.owner is Owner.OURS or arrival.planned.draws
        elif isinstance(arrival, Listed):
            self._listed(arrival)
        else:
            self._census.item(arrival.item, [wanted.path for wanted in arrival.wanted])

    def finish(self, sheet: PlanSheet) -> None:
        """Delete what no listed library wants, or say why not; OSError where the disk refuses everything."""
        orphans, left = self._found()
        tell_left(self._engine, left)
        is_allowed = SWITCH in self._engine.job.order.switches
        if not is_allowed and len(orphans) * ONE_IN > self._ours + len(orphans):
            plan_deletions(self._engine, sheet, orphans, self._ours + len(orphans))
        elif self._engine.is_dry:
            for orphan in orphans:
                sheet.write(deletion_line(orphan))
        else:
            delete_orphans(self._engine, sheet, orphans)

    def _listed(self, listed: Listed) -> None:
        if listed.has_ended:
            self._census.end(listed.library, not listed.trouble, bool(listed.files_gone))
        else:
            self._census.begin(listed.library)

    def _found(self) -> tuple[list[Orphan], list[Left]]:
        engine, census = self._engine, self._census
        folder = AssetWalk(engine.job.folders.assets, reserved_folders(engine.job.folders))
        excepted = engine.scope.excepted
        paths = folder.files(lambda path: path not in excepted and is_unwanted(path, census))
        engine.job.note(f"The clean-up cannot read {place}: it is left" for place in folder.unread)
        records = engine.journal.records(paths)
        found = list(judge_unwanted(engine.job.folders.assets, paths, records, census, engine.run))
        orphans = [one for one in found if isinstance(one, Orphan)]
        return orphans, [one for one in found if isinstance(one, Left)]


def excluded_libraries(engine: Engine) -> tuple[str, ...]:
    """The libraries that the settings of the source leave out."""
    name = engine.source.name
    if name is SourceName.FOLDER:
        return engine.job.environment.media_excluded
    return engine.job.settings.words(f"{name.value}Part", "LibstoExclude")


def tell_left(engine: Engine, left: Iterable[Left]) -> None:
    """One line for each reason for which files were not judged, with the folders concerned."""
    folders: dict[str, dict[str, None]] = {}
    for one in left:
        folders.setdefault(one.why, {})[one.folder or "the asset folder itself"] = None
    for why, names in folders.items():
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        named = ", ".join(list(names)[:MOST_NAMED])
        engine.job.log.info("The clean-up leaves pictures in %s%s: %s", named, more, why)


def plan_deletions(engine: Engine, sheet: PlanSheet, orphans: list[Orphan], ours: int) -> None:
    """Write down what would be deleted, and how a person allows it; nothing is deleted."""
    for orphan in orphans:
        sheet.write(deletion_line(orphan, Reason.NOT_ALLOWED_YET))
        engine.job.log.info("To clear: %s (%s)", orphan.step.path, Reason.LIBRARY_GONE.sentence)
    engine.job.tally.images_to_clear = len(orphans)
    engine.job.note(
        [
            f"No listed library wants {len(orphans)} of {ours} pictures any more. That is more than 10 %, so "
            f"nothing was deleted: read them in the plan of this run, then start a full run once with "
            f"-{SWITCH} to delete them"
        ]
    )


def delete_orphans(engine: Engine, sheet: PlanSheet, orphans: list[Orphan]) -> None:
    """Delete the orphans one by one; one that cannot be deleted counts as an error and is left."""
    deletion = Deletion(engine.job.folders.assets, engine.journal, engine.store, engine.locks, engine.run)
    cleared = Cleared()
    for orphan in orphans:
        trouble = ""
        try:
            deletion.delete(orphan, cleared)
            engine.job.log.info("Cleared: %s (%s)", orphan.step.path, orphan.step.reason.sentence)
        except ChangedMeanwhile as error:
            trouble = str(error)
        except OSError as error:
            if ends_the_run(error):
                raise
            trouble = f"{orphan.step.path}: not deleted, {error.strerror or error}"
        if trouble:
            engine.job.fail(trouble)
        sheet.write(deletion_line(orphan, trouble=trouble))
    tally = engine.job.tally
    tally.images_cleared, tally.bytes_cleared = cleared.images, cleared.bytes
    tally.folders_cleared = len(cleared.folders)


def deletion_line(orphan: Orphan, reason: Reason = Reason.LIBRARY_GONE, trouble: str = "") -> PlanLine:
    """The line of a deletion; for one that went wrong the sentence says so."""
    step = orphan.step
    return PlanLine(
        path=step.path,
        library=step.decision.library,
        title=step.decision.title,
        kind=step.decision.kind.value,
        action=step.action.value,
        reason=reason.value,
        why=trouble or reason.sentence,
        owner=step.owner.value,
    )
