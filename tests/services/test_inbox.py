"""Events on their way from a request to the disk: all or nothing, and many in one commit."""

import errno
import os
import threading
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.core.errors import Conflict, NotFound, TooMany, Unavailable
from app.core.triggers import inbox as rules
from app.core.triggers import staging
from app.models import Trigger, TriggerStatus
from app.services.inbox import Inbox
from tests.payloads import make_radarr
from tests.triggers import make_episodes, make_film, make_tautulli, staged, trigger, triggers, watched


def is_empty(machine):
    return (triggers(machine), watched(machine), staged(machine)) == ([], [], [])


def together(inbox, requests):
    """Receive each request in a thread of its own, all at once; answer receipts and errors in their order."""
    outcomes = [None] * len(requests)
    start = threading.Barrier(len(requests))

    def receive(place):
        start.wait()
        try:
            outcomes[place] = inbox.receive(requests[place])
        except (TooMany, Unavailable) as error:
            outcomes[place] = error

    threads = [threading.Thread(target=receive, args=(place,)) for place in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def commits(machine):
    """Counts the commits of the database."""
    counted = []
    event.listen(machine.database.engine, "commit", lambda connection: counted.append(1))
    return counted


def test_a_receipt_names_the_triggers_and_their_files(machine):
    receipt = Inbox(machine).receive([make_episodes(1), make_episodes(2, season=2)])
    assert receipt.queued == 2 and receipt.ids == [found.id for found in triggers(machine)]
    assert [Path(file).parent for file in receipt.files] == [machine.paths.watcher] * 2
    assert sorted(Path(file).name for file in receipt.files) == watched(machine)


def test_the_name_of_a_file_tells_the_time_in_the_zone_of_the_settings(machine):
    (file,) = Inbox(machine).receive([make_film()]).files
    local = trigger(machine, 1).received_at.astimezone(Inbox(machine).zone)
    assert Path(file).name.startswith(f"recently_added_{local:%Y%m%d%H%M%S}")


def test_requests_that_come_together_share_commits(machine, commits, monkeypatch):
    inbox = Inbox(machine)
    real, held = inbox.store, threading.Event()

    def slow(deliveries):
        # The first commit lasts until all others wait.
        if not held.is_set():
            held.set()
            while len(inbox.commits.waiting) < 19:
                pass
        real(deliveries)

    monkeypatch.setattr(inbox, "store", slow)
    receipts = together(inbox, [[make_film(number)] for number in range(1, 21)])
    assert len(commits) == 2
    titles = {receipt.ids[0]: Path(receipt.files[0]).name for receipt in receipts}
    assert titles == {found.id: found.file for found in triggers(machine)} and len(watched(machine)) == 20


def test_an_event_that_no_database_takes_harms_no_other(machine, monkeypatch):
    inbox = Inbox(machine)
    poison = make_film(9)
    object.__setattr__(poison, "sender", None)
    outcomes = together(inbox, [[make_film(1)], [poison], [make_film(2)]])
    assert isinstance(outcomes[1], Unavailable)
    assert [found.identity for found in triggers(machine)] != [] and len(watched(machine)) == 2
    assert {outcomes[0].queued, outcomes[2].queued} == {1} and staged(machine) == []


def test_a_full_inbox_leaves_nothing_of_what_it_refuses(machine, monkeypatch):
    monkeypatch.setattr(rules.accept, "__defaults__", (3,))
    outcomes = together(Inbox(machine), [[make_film(number)] for number in range(1, 9)])
    refused = [outcome for outcome in outcomes if isinstance(outcome, TooMany)]
    assert len(refused) == 5 and len(triggers(machine)) == len(watched(machine)) == 3
    assert staged(machine) == []


def test_a_full_disk_leaves_nothing(machine, monkeypatch):
    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        Inbox(machine).receive([make_film()])
    monkeypatch.undo()
    assert is_empty(machine)


def test_a_file_that_cannot_move_leaves_nothing_of_its_request(machine, monkeypatch):
    real, moved = staging.publish_staged, []

    def publish(paths, one):
        if moved:
            raise PermissionError(errno.EACCES, "Permission denied")
        moved.append(real(paths, one))

    monkeypatch.setattr(staging, "publish_staged", publish)
    with pytest.raises(Unavailable, match="Permission denied"):
        Inbox(machine).receive([make_episodes(1), make_episodes(1, season=2)])
    assert moved and is_empty(machine)


def test_a_database_that_is_locked_leaves_nothing(machine, monkeypatch):
    monkeypatch.setattr(machine.database, "writing_patiently", machine.database.writing_soon)
    if not machine.database.is_sqlite:
        pytest.skip("only SQLite has one lock for all")
    with machine.database.writing_sessions.begin() as other:
        other.connection()
        outcomes = together(Inbox(machine), [[make_tautulli(number)] for number in range(1, 5)])
    assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
    assert is_empty(machine)


def test_a_lock_that_outlasts_the_patience_of_others_loses_no_event(machine, monkeypatch):
    if not machine.database.is_sqlite:
        pytest.skip("only SQLite has one lock for all")
    monkeypatch.setattr("app.database.BUSY_SECONDS", 0.1)
    with machine.database.writing_sessions.begin() as other:
        other.connection()
        receipts = []
        sender = threading.Thread(target=lambda: receipts.append(Inbox(machine).receive([make_film()])))
        sender.start()
        with pytest.raises(OperationalError), machine.database.writing_soon() as session:
            session.connection()
        assert sender.is_alive() and not receipts
    sender.join(10)
    assert receipts[0].ids == [trigger(machine, 1).id] and len(watched(machine)) == 1


def test_over_http_a_full_inbox_is_429_with_words_and_a_time(client, machine, monkeypatch):
    monkeypatch.setattr(rules.accept, "__defaults__", (0,))
    answer = client.post("/api/webhook/arr", json=make_radarr())
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "300"
    assert "10,000 open triggers" in answer.json["detail"] and is_empty(machine)


def test_over_http_a_full_disk_is_503_in_words(client, machine, monkeypatch):
    def full(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = client.post("/api/webhook/arr", json=make_radarr())
    monkeypatch.undo()
    assert answer.status_code == 503 and "No space left on device" in answer.json["detail"]
    assert is_empty(machine)


def fail_all(machine):
    with machine.database.writing() as session:
        session.query(Trigger).update({"status": TriggerStatus.FAILED, "last_error": "no run"})


def test_a_trigger_whose_file_cannot_be_restored_waits_all_the_same(machine, monkeypatch):
    inbox = Inbox(machine)
    (number,) = inbox.receive([make_film()]).ids
    with pytest.raises(Conflict):
        inbox.replay(number)
    fail_all(machine)
    monkeypatch.setattr("app.core.triggers.trigger_files.restore_file", refuse)
    inbox.replay(number)
    row = trigger(machine, number)
    assert (row.status, row.last_error, row.attempts) == (TriggerStatus.WAITING, None, 0)


def test_a_trigger_whose_file_cannot_be_deleted_is_kept(machine, monkeypatch):
    inbox = Inbox(machine)
    (number,) = inbox.receive([make_film()]).ids
    with monkeypatch.context() as patch:
        patch.setattr("app.core.triggers.dead_letters.remove_files", refuse)
        with pytest.raises(Unavailable, match="cannot be removed: Permission denied"):
            inbox.forget(number)
    assert trigger(machine, number).id == number and watched(machine)
    inbox.forget(number)
    assert is_empty(machine)
    for missing in (number, 0, 2**62):
        with pytest.raises(NotFound):
            inbox.forget(missing)
        with pytest.raises(NotFound):
            inbox.replay(missing)


def refuse(*_):
    raise PermissionError(errno.EACCES, "Permission denied")
