"""How work moves through a run: one thread lists, some plan, some make, the caller reads outcomes."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from threading import Event, Semaphore

from app.poster.applying.draw_pool import cores
from app.poster.applying.failures import ends_the_run
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.listing import Listed
from app.poster.pipeline.making import failed, make, settled
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.planned import Planned, Work, plan_asset
from app.poster.pipeline.upload_stage import looked_back, not_uploaded, upload, upload_prepared

ITEMS_AT_ONCE = 64
FEWEST_PLANNERS = 4
SPARE_UPLOADERS = 3  # beyond the cores: these wait for the media server

Arrival = Listed | Work | Outcome


class Flow:
    """Takes works from a listing and gives outcomes back; at most ITEMS_AT_ONCE items are in hand.

    An exception of the listing, and one that ends the run, is raised where outcomes are read; one that
    concerns a single picture becomes that picture's outcome.
    """

    def __init__(self, engine: Engine):
        self._engine = engine
        self._slots = Semaphore(ITEMS_AT_ONCE)
        self._is_over = Event()
        # What happened in other threads, as calls that are made in the thread of the reader.
        self._events: SimpleQueue[Callable[[], Iterator[Arrival]]] = SimpleQueue()
        self._works = 0
        self._is_listed = False
        self._unfinished: dict[int, int] = {}

    def outcomes(self, works: Iterable[Work | Listed]) -> Iterator[Arrival]:
        """Each Listed, each Work when it is planned, and an Outcome for each of its pictures."""
        with self._threads() as (lister, self._planners, self._makers, self._uploaders):
            listing = lister.submit(self._list, works)
            listing.add_done_callback(lambda done: self._events.put(partial(self._listed_all, done)))
            while self._works or not self._is_listed:
                yield from self._events.get()()

    @contextmanager
    def _threads(self) -> Iterator[list[ThreadPoolExecutor]]:
        counts = {
            "list": 1,
            "plan": max(FEWEST_PLANNERS, cores()),
            "make": self._engine.pool.callers,
            "upload": cores() + SPARE_UPLOADERS,
        }
        pools = [ThreadPoolExecutor(count, name) for name, count in counts.items()]
        try:
            yield pools
        finally:
            self._is_over.set()
            self._slots.release()
            for pool in pools:
                pool.shutdown(wait=False, cancel_futures=True)

    def _list(self, works: Iterable[Work | Listed]) -> None:
        for work in works:
            if isinstance(work, Listed):
                self._events.put(partial(iter, (work,)))
                continue
            self._slots.acquire()
            if self._is_over.is_set():
                return
            self._events.put(self._begun)
            planning = self._planners.submit(plan_and_settle, self._engine, work)
            planning.add_done_callback(
                lambda done, work=work: self._events.put(partial(self._planned, work, done))
            )

    def _listed_all(self, listing: Future) -> Iterator[Arrival]:
        listing.result()
        self._is_listed = True
        yield from ()

    def _begun(self) -> Iterator[Arrival]:
        self._works += 1
        yield from ()

    def _planned(self, work: Work, planning: Future) -> Iterator[Arrival]:
        """Have made what is to be made, and give on what is settled already."""
        if error := planning.exception():
            results = [failed(self._engine, wanted, raised_if_fatal(error)) for wanted in work.wanted]
        else:
            results = planning.result()
        yield work
        self._unfinished[id(work)] = len(results)
        for result in results:
            if isinstance(result, Outcome):
                yield from self._settled(work, result)
            else:
                self._submit(work, result)
        if not results:
            self._forget(work)

    def _submit(self, work: Work, planned: Planned) -> None:
        making = self._makers.submit(make_and_prepare, self._engine, planned)
        making.add_done_callback(lambda done: self._events.put(partial(self._made, work, planned, done)))

    def _made(self, work: Work, planned: Planned, making: Future) -> Iterator[Arrival]:
        if error := making.exception():
            outcome = failed(self._engine, planned.wanted, raised_if_fatal(error))
        else:
            outcome = making.result()
        yield from self._settled(work, outcome)

    def _settled(self, work: Work, outcome: Outcome) -> Iterator[Arrival]:
        """Have uploaded what is to be uploaded, and give on the rest."""
        if not outcome.awaits_upload:
            yield from self._finished(work, outcome)
            return
        uploading = self._uploaders.submit(upload, self._engine, outcome)
        uploading.add_done_callback(
            lambda done: self._events.put(partial(self._uploaded, work, outcome, done))
        )

    def _uploaded(self, work: Work, outcome: Outcome, uploading: Future) -> Iterator[Arrival]:
        if error := uploading.exception():
            outcome = not_uploaded(outcome, raised_if_fatal(error))
        else:
            outcome = uploading.result()
        yield from self._finished(work, outcome)

    def _finished(self, work: Work, outcome: Outcome) -> Iterator[Arrival]:
        self._unfinished[id(work)] -= 1
        if not self._unfinished[id(work)]:
            self._forget(work)
        yield outcome

    def _forget(self, work: Work) -> None:
        del self._unfinished[id(work)]
        self._works -= 1
        self._slots.release()


def plan_and_settle(engine: Engine, work: Work) -> list[Planned | Outcome]:
    """The plans of what is to be made, and the outcomes of everything else; of everything in a dry run."""
    work = looked_back(engine, work)
    plans = [plan_asset(engine, work, wanted) for wanted in work.wanted]
    makes = not engine.is_dry
    return [
        plan if plan.draws and makes else upload_prepared(engine, settled(engine, plan)) for plan in plans
    ]


def make_and_prepare(engine: Engine, planned: Planned) -> Outcome:
    return upload_prepared(engine, make(engine, planned))


def raised_if_fatal(error: BaseException) -> BaseException:
    """The error of one picture; one that all others would share is raised."""
    if ends_the_run(error):
        raise error
    return error
