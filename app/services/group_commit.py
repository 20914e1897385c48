"""Many threads share one commit: the first one stores the submissions of all others meanwhile."""

import threading
from collections.abc import Callable, Sequence


class Ticket:
    """The submission of one thread."""

    def __init__(self, thing):
        self.thing = thing
        self.is_settled = False
        # A bare lock in place of an event: to make, set and await one costs many times as much.
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCommit:
    """Passes the submissions of threads to `store`, in order, one call at a time.

    The storing thread wakes all others at once: if they passed a lock from one to the next,
    each would have to be woken before the next commit could begin.
    """

    def __init__(self, store: Callable[[Sequence], None]):
        self.store = store
        self.gate = threading.Lock()
        self.is_storing = False
        self.waiting: list[Ticket] = []

    def submit(self, thing) -> None:
        """Return when a call of `store` with the submission has returned."""
        ticket = Ticket(thing)
        if self.is_someone_storing(ticket):
            ticket.turn.acquire()
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
        """Wake the threads that are done, and one that came meanwhile, which stores next."""
        with self.gate:
            successors = self.waiting[:1]
            self.is_storing = bool(successors)
        for ticket in tickets:
            ticket.is_settled = True
        for ticket in successors + tickets:
            ticket.turn.release()
