"""Events become rows, several requests at once."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core.errors import TooMany
from app.core.triggers.inbox import Delivery, accept, event_from, open_count
from app.core.triggers.staging import Staged
from app.core.triggers.waiting import Patience
from app.models import Trigger, TriggerStatus
from app.models.base import now
from tests.triggers import make_episodes, make_film, make_tautulli

PATIENCE = Patience(300)
START = now()


def make_delivery(*events, seconds=0, **facts):
    moment = START + timedelta(seconds=seconds)
    staged = [Staged(None, f"{number}.posterizarr") for number in range(len(events))]
    return Delivery(events, moment, staged=staged, **facts)


def add(session, *deliveries, **options):
    accept(session, deliveries, PATIENCE, **options)
    return [session.get(Trigger, number) for delivery in deliveries for number in delivery.ids]


def wait(row):
    return round((row.waiting_until - START).total_seconds())


@pytest.mark.parametrize("event", [make_film(), make_episodes(1, 2, 3), make_tautulli(7)])
def test_the_event_of_a_row_is_the_one_that_was_sent(session, event):
    (row,) = add(session, make_delivery(event))
    session.expire_all()
    assert event_from(row) == event


def test_all_events_of_a_request_bear_its_parcel(session):
    delivery = make_delivery(make_episodes(1), make_episodes(1, season=2))
    rows = add(session, delivery)
    assert [row.parcel for row in rows] == [delivery.parcel] * 2 and len(delivery.parcel) == 32
    assert [row.file for row in rows] == ["0.posterizarr", "1.posterizarr"]


def test_an_item_waits_five_minutes_after_its_event_and_tautulli_not_at_all(session):
    film, tautulli = add(session, make_delivery(make_film()), make_delivery(make_tautulli()))
    assert (wait(film), wait(tautulli)) == (300, 0)


def test_the_cap_counts_from_the_first_event_of_those_that_wait(session):
    rows = [add(session, make_delivery(make_episodes(1), seconds=at))[0] for at in (0, 250, 500, 1000, 1199)]
    assert [wait(row) for row in rows] == [300, 550, 800, 1200, 1200]
    assert {row.first_at for row in rows} == {START}


def test_events_of_one_commit_share_their_first_moment(session):
    late, early = make_delivery(make_film(), seconds=5), make_delivery(make_film(), seconds=0)
    first, second = add(session, early, late)
    assert first.first_at == second.first_at == START


def test_a_wait_that_is_over_does_not_shorten_the_next(session):
    (old,) = add(session, make_delivery(make_film()))
    old.status = TriggerStatus.DONE
    session.flush()
    (new,) = add(session, make_delivery(make_film(), seconds=5000))
    assert wait(new) == 5300


def test_what_failed_comes_forward_with_news_of_its_item_and_no_other(session):
    film, other = add(session, make_delivery(make_film()), make_delivery(make_film(9)))
    later = START + timedelta(hours=1)
    session.execute(update(Trigger).values(attempts=3, waiting_until=later))
    (new,) = add(session, make_delivery(make_film(), seconds=10))
    session.expire_all()
    assert wait(film) == wait(new) == 310 and other.waiting_until == later


def test_news_never_put_a_try_off(session):
    (film,) = add(session, make_delivery(make_film()))
    session.execute(update(Trigger).values(attempts=1, waiting_until=START + timedelta(seconds=60)))
    add(session, make_delivery(make_film(), seconds=10))
    session.expire_all()
    assert wait(film) == 60


def test_a_full_inbox_refuses_with_words_and_takes_the_rest(session):
    big = make_delivery(make_episodes(1), make_episodes(1, season=2), make_episodes(1, season=3))
    small = make_delivery(make_film())
    rows = add(session, big, small, cap=2)
    assert [row.title for row in rows] == ["Alien"] and big.ids == []
    assert isinstance(big.error, TooMany) and big.error.retry_after == 300
    assert "10,000 open triggers" in big.error.detail


def test_only_what_is_open_counts(session):
    rows = add(session, *(make_delivery(make_film(tmdb)) for tmdb in range(1, 6)))
    for row, status in zip(rows, TriggerStatus, strict=True):
        row.status = status
    session.flush()
    assert open_count(session) == 3
