"""All that a run over a library works with, opened and closed together."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import methodcaller

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.pool import Pool
from app.poster.applying.pools import open_pool
from app.poster.choosing.rules import RuleBook
from app.poster.item_rules.matching import ItemRules
from app.poster.item_rules.rules_file import FILE, BadRules, read_rules
from app.poster.journal.journal import Journal
from app.poster.journal.run_names import run_name
from app.poster.journal.store import ByteStore
from app.poster.modes.job import Job
from app.poster.pipeline.demo import demo_folder, end_demo, fill_demo, is_demo
from app.poster.pipeline.receiving import open_uploader, settle_interrupted
from app.poster.planning.ingredients import Digests
from app.poster.planning.scope import EVERYTHING, Scope, scope_of
from app.poster.providers.own import own_providers
from app.poster.providers.provider import Provider
from app.poster.providers.table import open_online
from app.poster.records.candidate import ProviderName
from app.poster.records.journal_entry import RunFacts
from app.poster.records.library import SourceName
from app.poster.script.arguments import Mode
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.sources.folder import FolderSource
from app.poster.sources.source import Source, SourceTrouble
from app.poster.sources.table import open_source
from app.poster.uploading.upload import Uploader
from app.poster.worklist.wanted import WorkRules, read_work_rules

MEBIBYTE = 2**20
# Runs of one event are many and short: what they replace is looked at by the next of these.
FULL_RUNS = frozenset((Mode.NORMAL, Mode.SCHEDULED))
EXCHANGES = frozenset((Mode.RESTORE, Mode.SYNC, Mode.SYNC_JELLY, Mode.SYNC_EMBY, Mode.RESET))
LOGO_RUNS = frozenset((Mode.LOGO_UPDATER, Mode.LOGO_REVERT))
# Not the triggered ones, which shall be quick.
PRUNING_MODES = FULL_RUNS | EXCHANGES | LOGO_RUNS | {Mode.UNDO, Mode.VERSION}


@dataclass(frozen=True)
class Engine:
    """The rooms of one run; its parts may be used from several threads.

    `uploader` is None where nothing is uploaded. `is_dry` says that nothing is drawn, written or uploaded.
    `remakes` says that what is ours is made again although nothing changed. `taken` are the paths of assets
    that a person has asked for by name, `scope` says which ones the run is about. `moment` is aware.
    """

    job: Job
    source: Source
    providers: Mapping[ProviderName, Provider]
    rule_book: RuleBook
    work_rules: WorkRules
    digests: Digests
    journal: Journal
    store: ByteStore
    locks: FileLocks
    pool: Pool
    run: str
    moment: datetime
    uploader: Uploader | None = None
    is_dry: bool = False
    remakes: bool = False
    taken: frozenset[str] = frozenset()
    follows_links: bool = False
    scope: Scope = EVERYTHING


@contextmanager
def open_engine(job: Job, is_dry: bool = False, remakes: bool = False) -> Iterator[Engine]:
    """The engine for the block; HandledExit with a sentence that says what to set where it cannot work."""
    settings, folders, environment = job.settings, job.folders, job.environment
    with ExitStack() as opened, configured():
        source = opened.enter_context(closing(configured_source(job)))
        with_keys = open_online(settings, environment, folders.engine / "cache")
        for provider in with_keys.values():
            opened.enter_context(closing(provider))
        online = usable(job, with_keys)
        moment = datetime.now(UTC)
        run, taken = run_name(moment, environment.run), job.order.paths("Take")
        journal = opened.enter_context(closing(Journal(folders.engine)))
        store = ByteStore(folders.engine / "store")
        uploader = open_uploader(job, source.name, journal, store, run, taken)
        if uploader:
            opened.enter_context(closing(uploader.receiver))
        engine = Engine(
            job=job,
            source=source,
            providers={**online, **own_providers(source, folders, settings)},
            rule_book=RuleBook(settings, environment, frozenset(online), has_keys=bool(with_keys)),
            work_rules=read_work_rules(settings, item_rules_of(job), environment.own_kinds),
            digests=Digests(folders.overlays),
            journal=journal,
            store=store,
            locks=FileLocks(folders.locks),
            pool=opened.enter_context(closing(pool_of(job, is_dry))),
            run=run,
            moment=moment,
            uploader=uploader,
            is_dry=is_dry,
            remakes=remakes,
            follows_links=settings.flag("PrerequisitePart", "FollowSymlink"),
            taken=taken,
            scope=scope_of(job.order),
        )
        with recorded(engine):
            if uploader and not is_dry:
                settle_interrupted(job, uploader, journal, store)
            yield engine


def pool_of(job: Job, is_dry: bool) -> Pool:
    """What draws; a dry run needs no cluster."""
    cluster = "" if is_dry else job.environment.cluster
    return open_pool(cluster, note=lambda sentence: job.note([sentence]))


def configured_source(job: Job) -> Source:
    """The source of the settings; the demo library is made where it is to be one and is not there yet."""
    if is_demo(job.environment, job.folders):
        fill_demo(demo_folder(job.folders))
    source = open_source(
        job.settings,
        job.environment,
        cache=job.folders.engine / "cache",
        note=lambda sentence: job.note([sentence]),
    )
    if demo_folder(job.folders).is_dir() and not reads_demo(source, job):
        leave_demo(job)
    return source


def item_rules_of(job: Job) -> ItemRules:
    """The user's rules; HandledExit where rules.json cannot be used."""
    try:
        rules = read_rules(job.folders.data / FILE, job.settings)
    except BadRules as error:
        raise HandledExit(ExitCode.BAD_CONFIGURATION, str(error)) from None
    return ItemRules(rules, job.environment.unwatched, note=lambda sentence: job.note([sentence]))


def reads_demo(source: Source, job: Job) -> bool:
    return source.name is SourceName.FOLDER and is_demo(job.environment, job.folders)


def leave_demo(job: Job) -> None:
    demo = FolderSource(demo_folder(job.folders))
    removed = end_demo(job.folders, demo, read_work_rules(job.settings))
    job.log.info("A source is configured: the demo library and %d pictures of it are removed", removed)


@contextmanager
def configured() -> Iterator[None]:
    """Turn a source that cannot be read at all into the end of the run."""
    try:
        yield
    except SourceTrouble as trouble:
        raise HandledExit(ExitCode.BAD_CONFIGURATION, str(trouble)) from None


@contextmanager
def recorded(engine: Engine) -> Iterator[None]:
    """Have the run in the journal, and finish first what an interrupted one left."""
    if engine.is_dry:
        yield
        return
    if engine.journal.set_aside:
        engine.job.log.warning("The journal was damaged: it is now %s", engine.journal.set_aside)
    # An edit that is at work settles its own steps.
    with FileLocks(engine.job.folders.locks).holding_edits():
        settled = engine.journal.reconcile(engine.job.folders.trees)
    for entry in settled:
        engine.job.log.info("An interrupted run left %s: it is %s", entry.path, entry.state.value)
    engine.journal.begin(RunFacts(engine.run, engine.job.order.mode.word, engine.moment))
    yield
    engine.journal.end(engine.run, datetime.now(UTC))
    if engine.job.order.mode in PRUNING_MODES:
        prune_engine(engine)


def prune_engine(engine: Engine) -> None:
    """Keep store and journal within their bounds."""
    limits, moment = engine.job.environment.store, datetime.now(UTC)
    if engine.job.order.mode in FULL_RUNS:
        engine.journal.forget_missing(engine.job.folders.assets, limits.days, moment)
    pruned = engine.journal.prune(engine.store, limits, moment)
    if pruned.files:
        engine.job.log.info(
            "The store gave up %d replaced pictures, %.1f MiB, by StoreMegabytes and StoreDays",
            pruned.files,
            pruned.bytes / MEBIBYTE,
        )


def usable(job: Job, online: dict[ProviderName, Provider]) -> dict[ProviderName, Provider]:
    """The providers that accept their keys; HandledExit where the favourite one does not."""
    if not online or job.settings.flag("PrerequisitePart", "DisableOnlineAssetFetch"):
        return {}
    favourite = job.settings.text("ApiPart", "FavProvider").strip().lower()
    with ThreadPoolExecutor(len(online)) as threads:
        refusals = dict(zip(online, threads.map(methodcaller("check"), online.values()), strict=True))
    for name, refusal in refusals.items():
        if refusal and name.value.lower() == favourite:
            raise HandledExit(ExitCode.BAD_CONFIGURATION, refusal)
        job.note([refusal] if refusal else [])
    return {name: provider for name, provider in online.items() if not refusals[name]}
