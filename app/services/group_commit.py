"""Many threads share one commit: who finds nobody storing stores what all others have brought meanwhile."""

import threading
from collections.abc import Callable, Sequence


class Ticket:
    """One thread's thing on its way into the database."""

    def __init__(self, thing):
        self.thing = thing
        self.is_settled = False
        self.called = threading.Event()


class GroupCommit:
    """Hands what threads bring to `store`, in order, and to one thread at a time.

    Whoever has stored calls all others at once: if they had to pass a lock on from one to the next,
    each would have to be woken before the next commit could begin.
    """

    def __init__(self, store: Callable[[Sequence], None]):
        self.store = store
        self.gate = threading.Lock()
        self.is_storing = False
        self.waiting: list[Ticket] = []

    def submit(self, thing) -> None:
        """Return when a call of `store` that had the thing in it is over."""
        ticket = Ticket(thing)
        if self.is_someone_storing(ticket):
            ticket.called.wait()
        if not ticket.is_settled:
            self.store_waiting()

    def is_someone_storing(self, ticket: Ticket) -> bool:
        with self.gate:
            self.waiting.append(ticket)
            was_storing, self.is_storing = self.is_storing, True
        return was_storing

    def store_waiting(self) -> None:
        with self.gate:
            tickets, self.waiting = self.waiting, []
        try:
            self.store([ticket.thing for ticket in tickets])
        finally:
            self.settle(tickets)

    def settle(self, tickets: list[Ticket]) -> None:
        """Call whoever is done, and one of those who came meanwhile, who goes on storing."""
        with self.gate:
            successors = self.waiting[:1]
            self.is_storing = bool(successors)
        for ticket in tickets:
            ticket.is_settled = True
        for ticket in successors + tickets:
            ticket.called.set()
