"""The last test of each sender is kept, and is an event of the open streams."""

from datetime import timedelta

import pytest

from app.core.live.sender_test_events import SenderTestEvents
from app.core.triggers.sender_tests import latest_events, note_test, sender_of_test, sender_tests
from app.models.base import now
from tests.triggers import deliver, make_film


def test_the_last_test_of_each_sender_is_kept(session):
    first = now()
    note_test(session, "Sonarr", "an old key", first)
    note_test(session, "Sonarr", "Sonarr", first + timedelta(seconds=1))
    note_test(session, "Radarr", "Radarr", first)
    note_test(session, "", "somebody", first)
    session.flush()
    found = sender_tests(session)
    assert {sender: test.caller for sender, test in found.items()} == {"Sonarr": "Sonarr", "Radarr": "Radarr"}
    assert found["Sonarr"].at == first + timedelta(seconds=1)


def test_a_test_is_one_event_and_earlier_ones_are_none(session):
    events, moment = SenderTestEvents(), now()
    note_test(session, "Sonarr", "x", moment)
    assert events.read(session) == []
    note_test(session, "Radarr", "Radarr key", moment)
    session.flush()
    (event,) = events.read(session)
    assert event.kind == "webhook_tested"
    assert event.fields == {"sender": "Radarr", "at": moment.isoformat(), "caller": "Radarr key"}
    assert events.read(session) == []
    note_test(session, "Radarr", "Radarr key", moment + timedelta(seconds=3))
    session.flush()
    assert len(events.read(session)) == 1


@pytest.mark.parametrize(
    ("named", "agent", "sender"),
    [
        ("Radarr", "", "Radarr"),
        ("", "Sonarr/4.0.1 (alpine)", "Sonarr"),
        ("", "curl/8", ""),
        ("Tautulli", "python-requests", "Tautulli"),
    ],
)
def test_a_test_that_names_no_sender_is_of_the_one_in_its_user_agent(named, agent, sender):
    assert sender_of_test(named, agent) == sender


def test_the_last_event_of_a_sender_is_known(machine):
    deliver(machine, make_film())
    with machine.database.reading() as session:
        assert list(latest_events(session)) == ["Radarr"]
