"""kill -9 of the whole server at any moment: no queued run is lost, and none takes place twice."""

import itertools
import random
import threading
import time
from collections import Counter

import pytest

from tests.driving import eventually
from tests.faults.driving import (
    all_ended,
    damage,
    every_run,
    kill,
    living,
    queued,
    restart,
    sources,
    starts,
    tried,
    unended,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]

RUNS = 20
MODES = ("testing", "normal", "backup", "syncjelly", "restore")
LONGEST_BACKLOG = 2


class Killer:
    """Kills one server again and again, at moments of a run that a seed repeats."""

    def __init__(self, server, data, seed):
        self.server = server
        self.data = data
        self.dice = random.Random(seed)
        self.accepted: list[int] = []
        self.kills: Counter = Counter()
        moments = [
            self.during_the_request,
            self.after_the_answer,
            self.at_the_claim,
            self.at_the_launch,
            self.during_the_run,
            self.at_the_end,
            self.during_a_stop,
        ]
        self.dice.shuffle(moments)
        self.moments = itertools.cycle(moments)

    def strike(self) -> None:
        """Queue a run, kill the server over it, and start the server again."""
        moment = next(self.moments)
        if self.dice.random() < 0.4:
            self.queue()
        moment()
        kill(self.server)
        self.kills[moment.__name__] += 1
        seconds = self.dice.choice((0.1, 0.2, 0.3, 0.5))
        if self.dice.random() < 0.2:
            self.kill_a_start()
        restart(self.server, FAKE_SECONDS=seconds)

    def queue(self) -> None:
        self.accepted.append(queued(self.server, self.dice.choice(MODES)))

    def pause(self, longest: float) -> None:
        time.sleep(self.dice.uniform(0, longest))

    def during_the_request(self) -> None:
        answers = []
        mode = self.dice.choice(MODES)
        caller = threading.Thread(
            target=lambda: answers.append(tried(lambda: self.server.post(f"/api/run/{mode}")))
        )
        caller.start()
        self.pause(0.02)
        kill(self.server)
        caller.join()
        if answers[0] is not None and answers[0].status_code == 200:
            self.accepted.append(answers[0].json()["run_id"])

    def after_the_answer(self) -> None:
        self.queue()

    def at_the_claim(self) -> None:
        self.queue()
        self.pause(0.6)

    def at_the_launch(self) -> None:
        """The output of a run is made by the server, right before it starts the process."""
        known = self.outputs()
        self.queue()
        eventually(lambda: self.outputs() > known)
        self.pause(0.04)

    def during_the_run(self) -> None:
        known = starts(self.data)
        self.queue()
        eventually(lambda: starts(self.data) != known)
        self.pause(0.3)

    def at_the_end(self) -> None:
        self.queue()
        eventually(lambda: not unended(self.server) or living(self.data))
        eventually(lambda: not living(self.data))
        self.pause(0.6)

    def during_a_stop(self) -> None:
        """Whoever asks for the stop gets no answer; the run may end by it, or before it."""
        known = starts(self.data)
        self.queue()
        eventually(lambda: starts(self.data) != known)
        caller = threading.Thread(target=lambda: tried(lambda: self.server.post("/api/stop")))
        caller.start()
        self.pause(0.6)
        kill(self.server)
        caller.join()

    def kill_a_start(self) -> None:
        self.server.start()
        self.pause(1.2)
        kill(self.server)
        self.kills["kill_a_start"] += 1

    def outputs(self) -> int:
        return len(list((self.data / "runs").glob("*.log")))


def test_twenty_runs_survive_a_server_that_is_killed_at_random_moments(data, server_on):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    server = server_on(data, FAKE_SECONDS=0.3)
    killer = Killer(server, data, seed)
    began = time.monotonic()
    while len(killer.accepted) < RUNS:
        killer.strike()
        eventually(lambda: len(unended(server)) <= LONGEST_BACKLOG)
    rows = all_ended(server)
    print(f"{len(rows)} runs, kills {dict(killer.kills)}, {time.monotonic() - began:.0f} s")
    assert set(killer.accepted) <= {row["id"] for row in rows}
    stopped = [row for row in rows if row["stop_requested"]]
    assert {row["status"] for row in stopped} <= {"stopped", "completed"}
    assert [row for row in rows if row["status"] != "completed" and row not in stopped] == []
    assert [row for row in rows if row["origin"] != "api"] == []
    assert starts(data) == Counter(row["id"] for row in rows if row["pid"])
    assert every_run(server) == rows and living(data) == [] and sources(server) == set()
    assert not (data / "temp" / "Posterizarr.Running").exists() and damage(data) == "ok"
