"""What Home says of the time since the last visit of this browser."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.decisions.versions import asset_file
from app.models import Status
from app.models.base import now
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.server_art import UploadState
from app.ui.last_visit import COOKIE, PAUSE
from tests.api.test_assets import roots
from tests.core.decisions.test_picture_states import PLACE
from tests.core.decisions.test_run_changes import make_changes
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, sha, write
from tests.past_runs import BEGAN, make_run
from tests.poster.journal.steps import record, written

__all__ = ["roots"]

OTHER = "Movies/Heat (1995)/poster.jpg"
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


@pytest.mark.parametrize("path", ["/", "/server", "/server/runs", "/server/library", "/server/logs"])
def test_each_page_that_is_shown_is_of_the_visit(client, path):
    assert noted(client.get(path))


@pytest.mark.parametrize("path", ["/server/sign-in", "/server/runs/4711", "/api/runs", "/none"])
def test_what_is_no_page_that_is_shown_is_of_no_visit(client, path):
    assert not any(each.startswith(COOKIE) for each in client.get(path).headers.getlist("Set-Cookie"))


def test_what_changed_is_offered_to_be_taken_back_by_run_and_by_picture(client, machine, roots):
    asset = asset_file(machine.paths.engine, roots["assets"], FILM)
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 7)
    upload = UploadRecord(PLACE, UploadState.OVERWRITTEN, at=now(), why='label "Overlay" of Kometa')
    with closing(Journal(asset.engine)) as journal:
        journal.note(replace(record(OTHER), uploads=(upload,)))
    client.set_cookie(COOKIE, f"{seconds(BEGAN - AGO)}-{seconds(BEGAN - AGO)}")
    page = client.get("/").text
    assert 'data-undo="7"' in page and 'href="/server/library?order=newest">All of it' in page
    assert f'data-back="{FILM}" data-version="{sha(FIRST)}"' in page and f'data-ours="{OTHER}"' in page
    assert "Kometa laid its own over it at Jellyfin." in page
    written(asset.root / OTHER, SECOND)
    assert ">Ours</figcaption>" in client.get("/").text
    assert '<span lang="en">' not in page.partition('id="away"')[2].partition("</section>")[0]
    with machine.database.writing() as session:
        session.add(make_run(id=7, status=Status.RUNNING, ended_at=None))
    assert 'data-undo="7"' not in client.get("/").text  # not before it has ended


def test_a_run_over_one_picture_is_named_as_in_the_list_of_runs(client, machine):
    make_changes(machine.paths.engine, "20251125153003000000-7-1", FILM)
    long_ago = seconds(datetime(2020, 1, 1, tzinfo=UTC))
    client.set_cookie(COOKIE, f"{long_ago}-{long_ago}")
    with machine.database.writing() as session:
        session.add(make_run(id=7, mode="normal", arguments=["-Only", '["a.jpg"]'], queued_at=BEGAN))
    away = client.get("/").text.partition('id="away"')[2].partition("</section>")[0]
    assert "Run 7: Redraw of one picture</a>" in away and "· Run 7: Redraw of one picture" in away


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
