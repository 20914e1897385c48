"""Replacements that wait in the old queue wait in ours; nothing is fetched unless somebody asks for it."""

import json

import pytest
from sqlalchemy import delete, select

from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.picture_download import PictureDownloads
from app.models import QueueItem
from app.services import queue_takeover
from app.services.takeover import planned_takeover, take_over_again, take_over_once
from tests.doubles.loopback import Loopback, serving
from tests.services.test_takeover import part_of, record_of
from tests.upstream import digests, make_past_item, make_queue

SEASON = "TV Shows/Dark (2017)/Season02.jpg"
DRAWN = json.dumps({"season_number": "2", "title_text": "Dark", "process_with_overlays": "true"})


def queued(machine):
    with machine.database.reading() as session:
        return list(session.scalars(select(QueueItem).order_by(QueueItem.id)))


def test_what_was_sent_waits_here_with_its_picture_and_is_not_started(machine):
    data = machine.paths.data
    items = (
        make_past_item(data, "a.jpg"),
        make_past_item(data, "b.png", asset_path=SEASON, overlay_params=DRAWN, status="processing"),
        make_past_item(data, "c.jpg", status="completed"),
    )
    make_queue(data, *items)
    before = digests(data)
    take_over_once(machine)
    assert before.items() <= digests(data).items()
    put, drawn = queued(machine)
    assert (put.asset_path, put.source_type, put.source_data, put.arguments) == (
        "Movies/Alien (1979)/poster.jpg",
        "upload",
        "a.jpg",
        [],
    )
    assert drawn.asset_path == SEASON and "-SeasonPoster" in drawn.arguments and "Dark" in drawn.arguments
    assert {put.status, drawn.status} == {"pending"} and not (put.is_started or drawn.is_started)
    part = part_of(record_of(machine), "queue")
    assert (part["state"], part["taken"]) == ("taken", 2)
    assert part["left_out"] == [{"reason": "completed by the old program", "count": 1}]


def test_pictures_at_addresses_are_fetched_on_request_alone(machine):
    machine.downloads = PictureDownloads(AddressRule(frozenset({"127.0.0.1"})), whole=5.0)
    with serving(Loopback()) as host:
        content = {}
        host.trouble = lambda handler: handler.send(200, content["bytes"], Content_Type="image/png")
        item = make_past_item(machine.paths.data, "a.png", source_type="url", source_data=f"{host.url}/a.png")
        content["bytes"] = (machine.paths.data / "queue_staging" / "a.png").read_bytes()
        make_queue(machine.paths.data, item)
        assert part_of(planned_takeover(machine), "queue")["state"] == "not_taken"
        take_over_once(machine)
        part = part_of(record_of(machine), "queue")
        assert part["state"] == "not_taken" and "posterizarr takeover" in part["advice"] and not host.asked
        record = take_over_again(machine, fetches=True)
    assert part_of(record, "queue")["state"] == "taken" and len(queued(machine)) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"asset_path": "../config.json"}, "outside"),
        ({"asset_path": None}, ""),
        (
            {"source_data": "/config/queue_staging/gone.jpg"},
            "the picture that was sent is not there any more",
        ),
        ({"source_data": "../config.json"}, "is not there any more"),
        ({"source_data": ""}, "is not there any more"),
        ({"source_type": "url", "source_data": "http://127.0.0.1:9/x.jpg"}, ""),
        ({"overlay_params": '{"asset_type": "background"}'}, "16:9"),
    ],
)
def test_an_item_that_cannot_be_used_is_named_and_keeps_no_other_from_the_queue(machine, changes, reason):
    data = machine.paths.data
    good = make_past_item(
        data, "good.jpg", asset_path="Movies/Up (2009)/poster.jpg", overlay_params="no JSON"
    )
    make_queue(data, make_past_item(data, "bad.jpg", **changes), good)
    record = take_over_again(machine, fetches=True)
    part = part_of(record, "queue")
    assert (part["state"], part["taken"], len(part["notes"])) == ("not_taken", 1, 1)
    assert reason in part["notes"][0]
    assert [item.asset_path for item in queued(machine)] == ["Movies/Up (2009)/poster.jpg"]


def test_items_that_are_in_our_queue_or_were_are_not_queued_again(machine, monkeypatch):
    data = machine.paths.data
    bad = make_past_item(data, "bad.jpg", asset_path="nothing")
    make_queue(data, make_past_item(data, "a.jpg"), bad)
    with monkeypatch.context() as patch:
        # Killed between the queueing of an item and the record of it.
        patch.setattr(queue_takeover, "record_item", lambda *_: 1 / 0)
        take_over_once(machine)
    assert part_of(record_of(machine), "queue")["state"] == "failed" and len(queued(machine)) == 1
    assert part_of(take_over_again(machine), "queue")["known"] == 1 and len(queued(machine)) == 1


def test_an_item_that_was_deleted_here_does_not_come_back(machine):
    data = machine.paths.data
    make_queue(data, make_past_item(data, "a.jpg"), make_past_item(data, "bad.jpg", asset_path="nothing"))
    take_over_once(machine)
    with machine.database.writing() as session:
        session.execute(delete(QueueItem))
    assert part_of(take_over_again(machine), "queue")["known"] == 1 and queued(machine) == []


def test_a_plan_stages_no_picture(machine):
    make_queue(machine.paths.data, make_past_item(machine.paths.data, "a.jpg"))
    before = digests(machine.paths.data)
    assert part_of(planned_takeover(machine), "queue")["taken"] == 1
    assert digests(machine.paths.data) == before and queued(machine) == []
