"""The items of a server, worked through by threads a few at a time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from app.poster.exchange.account import ExchangeAccount, Moved
from app.poster.exchange.choice import Choice
from app.poster.exchange.opening import Exchange
from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.records.library import Item, Library
from app.poster.sources.source import Source, SourceTrouble

ITEMS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class ItemDone:
    """What became of the pictures of one item; not `is_matched` where the other server lacks the item."""

    title: str
    moved: tuple[Moved, ...] = ()
    is_matched: bool = True


def chosen_libraries(job: Job, source: Source, choice: Choice) -> list[Library]:
    """The libraries that were chosen; a warning where a name fits none. SourceTrouble."""
    found = choice.of(source.libraries())
    missing = len(choice.libraries or ()) - len(found)
    if choice.libraries and missing > 0:
        job.note([f"{source.name.value} has only {len(found)} of the libraries that -Libraries names"])
    return found


def items_of(job: Job, source: Source, library: Library, kinds: frozenset[Kind]) -> Iterator[Item]:
    """The items of a library; where its listing ends early that is an error of the run."""
    try:
        yield from source.items(library, kinds)
    except SourceTrouble as trouble:
        if trouble.stops_run:
            raise
        job.fail(str(trouble))


def for_each_listed(
    exchange: Exchange,
    account: ExchangeAccount,
    work: Callable[[Item], ItemDone],
    admits: Callable[[Item], bool] = lambda item: True,
) -> None:
    """Do the work for each item of the chosen libraries that is admitted; SourceTrouble without a listing.

    Whether an item is admitted is asked in the order of the listing, by this thread.
    """
    job, choice = exchange.job, exchange.choice
    for library in chosen_libraries(job, exchange.source, choice):
        account.expect(library.size or 0)
        items = filter(admits, items_of(job, exchange.source, library, choice.kinds))
        while batch := list(islice(items, ITEMS_AT_ONCE)):
            count_results(account, exchange.threads.map(work, batch))


def count_results(account: ExchangeAccount, results: Iterable[ItemDone]) -> None:
    for done in results:
        if not done.is_matched:
            account.unmatched(done.title)
        for moved in done.moved:
            account.take(moved)
        account.advance()
