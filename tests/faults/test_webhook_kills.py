"""kill -9 among 16 senders: an answer of 200 is a trigger with exactly one run, every other leaves nothing.

A request whose connection breaks has no answer. Between the move that makes a trigger count and the answer
lies about a millisecond, so such a request has left nothing, or now and then a whole trigger, never a half.
"""

import itertools
import json
import random
import threading
import time
from collections import Counter

import pytest
import requests

from app.config import load_settings
from app.extensions import Machine
from tests.driving import starts
from tests.faults.driving import eventually, kill, restart
from tests.live_server import KEY
from tests.payloads import make_episode, make_movie, make_radarr, make_series, make_sonarr
from tests.triggers import by_name, staged, triggers, watched

pytestmark = [pytest.mark.slow, pytest.mark.timeout(280)]

WEBHOOKS, CLIENTS = 80, 16
SHOWS = 6
UNSENT, CUT = "unsent", "cut"


def film(number):
    return make_radarr(movie=make_movie(title=f"Film {number}", tmdbId=number))


def episode(number):
    """Every webhook is about an episode of its own, of one of a few seasons."""
    series = make_series(title=f"Show {number % SHOWS}", tvdbId=1000 + number % SHOWS)
    return make_sonarr(series=series, episodes=[make_episode(number)])


def name(number):
    return f"Show {number % SHOWS} {number}" if number % 4 else f"Film {number}"


def payload(number):
    return episode(number) if number % 4 else film(number)


class Senders:
    """Clients that send each webhook once; what could not be sent is sent when the server is up again."""

    def __init__(self, server):
        self.server = server
        self.numbers = itertools.count(1)
        self.outcomes: dict[int, int | str] = {}
        self.threads = [threading.Thread(target=self.work) for _ in range(CLIENTS)]

    @property
    def are_busy(self):
        return any(thread.is_alive() for thread in self.threads)

    def start(self):
        for thread in self.threads:
            thread.start()

    def work(self):
        while (number := next(self.numbers)) <= WEBHOOKS:
            while (outcome := self.send(number)) == UNSENT:
                time.sleep(0.05)
            self.outcomes[number] = outcome

    def send(self, number):
        time.sleep(random.random())
        options = {"headers": {"X-API-Key": KEY, "Connection": "close"}, "timeout": 60}
        try:
            return requests.post(
                f"{self.server.address}/api/webhook/arr", json=payload(number), **options
            ).status_code
        except requests.RequestException as error:
            return UNSENT if "NewConnectionError" in repr(error) else CUT

    def with_outcome(self, *wanted):
        return {name(number) for number, outcome in self.outcomes.items() if outcome in wanted}


def run_items(machine):
    """How often the script was started for each film and each episode."""
    found = Counter()
    for _, _, arguments in starts(machine):
        told = by_name(arguments)
        numbers = told.get("-arr_episode_numbers", "").split(",")
        title = told.get("-arr_series_title") or told["-arr_movie_title"]
        found.update([f"{title} {number}".strip() for number in numbers])
    return found


@pytest.fixture
def machine(data):
    machine = Machine(load_settings({}, APP_DATA=data))
    yield machine
    machine.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_answer_is_one_run_and_everything_else_leaves_nothing(server_on, data, machine, workers):
    server = server_on(data, ARR_WAIT_TIME=1, FAKE_SECONDS=0, FAKE_STEPS=1, WEB_CONCURRENCY=workers)
    dice = random.Random(workers)
    senders = Senders(server)
    senders.start()
    kills = 0
    while senders.are_busy:
        time.sleep(dice.uniform(0.05, 0.6))
        kill(server)
        kills += 1
        restart(server)
    eventually(lambda: {row.status for row in triggers(machine)} == {"done"}, 150)
    runs = run_items(machine)
    accepted, cut = senders.with_outcome(200), senders.with_outcome(CUT)
    refused = {name(number) for number in range(1, WEBHOOKS + 1)} - accepted - cut
    survivors = cut & set(runs)
    print(json.dumps({"kills": kills, "accepted": len(accepted), "cut": len(cut), "whole": len(survivors)}))
    assert kills >= 3 and len(accepted) >= WEBHOOKS / 4
    assert {item: runs[item] for item in accepted} == dict.fromkeys(accepted, 1)
    assert len(senders.outcomes) == WEBHOOKS and not refused & set(runs)
    assert {item: count for item, count in runs.items() if count > 1} == {}
    assert watched(machine) == [] and staged(machine) == []
    assert len(survivors) <= kills
