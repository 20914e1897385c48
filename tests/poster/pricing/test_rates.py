"""How long a run would take, by the runs that the journal has."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from app.poster.journal.journal import Journal
from app.poster.kinds import Kind
from app.poster.pricing.rates import START_SECONDS, read_rates

BEGAN = datetime(2026, 11, 1, 3, tzinfo=UTC)


class Stock:
    """As much of a picture as rates look at."""

    def __init__(self, path, kind):
        self.path, self.sort = path, type("Sort", (), {"kind": kind})


STOCK = [
    Stock(f"{kind.value}{number}", kind) for kind in (Kind.POSTER, Kind.BACKGROUND) for number in range(20)
]


def write_run(folder, name, gap, action="replace", count=20, day=0, kind=Kind.POSTER, idle=6.0):
    """A run that drew pictures of one kind, one each `gap` seconds, and was idle at its beginning and end."""
    Journal(folder).close()
    began = BEGAN + timedelta(days=day)
    moments = [began + timedelta(seconds=idle / 2 + number * gap) for number in range(count)]
    ended = (moments[-1] if moments else began) + timedelta(seconds=idle / 2 if moments else idle)
    with closing(sqlite3.connect(folder / "engine.db")) as database, database:
        run = (name, "Normal", began.isoformat(), ended.isoformat())
        database.execute("INSERT INTO runs VALUES (?, ?, ?, ?)", run)
        sql = "INSERT INTO entries (run, path, action, state, at) VALUES (?, ?, ?, 'done', ?)"
        rows = [(name, f"{kind.value}{n}", action, at.isoformat()) for n, at in enumerate(moments)]
        database.executemany(sql, rows)


def rates_of(folder, measured=9.0):
    return read_rates(folder / "engine.db", STOCK, lambda: measured)


def test_redrawing_counts_before_the_first_run_which_waited_for_providers(tmp_path):
    write_run(tmp_path, "first", 5.0, "create")
    write_run(tmp_path, "second", 0.5, day=1)
    rates = rates_of(tmp_path)
    assert (rates.known_by, rates.runs) == ("runs", 1)
    assert rates.seconds(Counter({Kind.POSTER: 100})) == pytest.approx(6 + START_SECONDS + 50)
    assert rates.seconds(Counter()) == 0


def test_a_kind_that_was_not_drawn_lately_takes_as_long_as_its_pixels(tmp_path):
    write_run(tmp_path, "only", 0.6)
    seconds = rates_of(tmp_path).seconds(Counter({Kind.BACKGROUND: 10}))
    assert seconds == pytest.approx(6 + START_SECONDS + 10 * 0.6 * (3840 * 2160) / (2000 * 3000))


def test_a_pause_within_a_run_is_no_drawing(tmp_path):
    write_run(tmp_path, "slept", 0.5)
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database, database:
        later = (BEGAN + timedelta(hours=9)).isoformat()
        database.execute("UPDATE entries SET at = ? WHERE path = 'poster19'", (later,))
    assert rates_of(tmp_path).seconds(Counter({Kind.POSTER: 100})) < 200


def test_without_a_run_that_drew_enough_one_drawing_is_measured(tmp_path):
    write_run(tmp_path, "nothing", 1.0, count=0)
    write_run(tmp_path, "few", 1.0, count=3, day=1)
    rates = rates_of(tmp_path)
    assert rates.known_by == "drawing"
    assert rates.seconds(Counter({Kind.POSTER: 2})) == pytest.approx(6 + START_SECONDS + 18, abs=1)
    assert read_rates(tmp_path / "none.db", [], lambda: 1 / 0).known_by == "nothing"


def test_kinds_that_were_drawn_side_by_side_share_the_time_by_their_pixels(tmp_path):
    write_run(tmp_path, "both", 1.0, count=20)
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database, database:
        database.execute("UPDATE entries SET path = 'background' || substr(path, 7) WHERE number % 2 = 0")
    rates = rates_of(tmp_path)
    poster, background = (
        rates.seconds(Counter({kind: 1})) - rates.idle for kind in (Kind.POSTER, Kind.BACKGROUND)
    )
    assert background / poster == pytest.approx((3840 * 2160) / (2000 * 3000))
    assert 9.5 * (poster + background) == pytest.approx(19, rel=0.05)
