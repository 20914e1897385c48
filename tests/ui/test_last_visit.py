"""What Home says of the time since the last visit of this browser."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.base import now
from app.ui.last_visit import COOKIE, PAUSE
from tests.core.decisions.test_run_changes import make_changes

FILM = "Movies/Alien (1979)/poster.jpg"
AGO = timedelta(days=3)


def seconds(moment):
    return int(moment.timestamp())


def noted(answer):
    return next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith(COOKIE))


def test_a_new_browser_is_told_of_nothing_and_a_later_visit_of_what_changed(client, machine):
    make_changes(machine.paths.engine, "20251125153003000000-1-1", FILM)
    first = client.get("/")
    assert (
        'id="away-title"' not in first.text
        and "HttpOnly" in noted(first)
        and "SameSite=Strict" in noted(first)
    )
    client.set_cookie(COOKIE, f"{seconds(now() - 2 * AGO)}-{seconds(datetime(2020, 1, 1, tzinfo=UTC))}")
    page = client.get("/").text
    assert 'id="away-title"' in page and 'href="/server/runs/1">Run 1' in page
    assert 'id="away-title"' in client.get("/").text  # a reload is the same visit


@pytest.mark.parametrize(("away", "is_new"), [(PAUSE / 2, False), (PAUSE * 2, True)])
def test_a_visit_ends_after_half_an_hour_without_a_page(client, machine, away, is_new):
    ended, page = seconds(now() - AGO), seconds(now() - away)
    client.set_cookie(COOKIE, f"{ended}-{page}")
    assert noted(client.get("/")).startswith(f"{COOKIE}={page if is_new else ended}-")


@pytest.mark.parametrize("text", ["", "-", "x-y", "1", "9" * 40, "-5--7", "\u0661-\u0662", "99999999999-1"])
def test_what_is_no_time_counts_as_a_first_visit(client, text):
    client.set_cookie(COOKIE, text)
    answer = client.get("/")
    assert answer.status_code == 200 and 'id="away-title"' not in answer.text
