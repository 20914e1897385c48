"""Questions about what is not saved, answered by a process of the engine that remembers the journal."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask

from app.core.modes import PRICING
from app.core.previews.engine_pipe import EnginePipe
from app.core.previews.newest import NewestWins
from app.extensions import Extension, Machine, machine
from app.services.previews import do_nothing, start_engine

# The first question reads the whole journal.
LONGEST_ANSWER = 120.0


class Prices:
    """The questions of one worker; creating it starts nothing."""

    def __init__(self, machine: Machine):
        self._newest = NewestWins()
        self._pipe = EnginePipe(partial(start_engine, machine, PRICING), LONGEST_ANSWER)

    def ask(self, question: Mapping[str, Any], slot: str = "") -> Mapping[str, Any]:
        """The answer; `Superseded` where a newer question of the slot has come while this one waited."""
        number = self._newest.enter(slot) if slot else 0
        check = partial(self._newest.require_newest, slot, number) if slot else do_nothing
        return self._pipe.ask(question, {}, check).facts

    def close(self) -> None:
        self._pipe.close()


prices = Extension[Prices]("prices")


def init_app(app: Flask) -> None:
    prices.attach(app, Prices(machine.of(app)))
