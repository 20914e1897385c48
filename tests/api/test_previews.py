"""Previews by the API: drawn by a process of the poster engine."""

import io
import json
import os
import signal
from base64 import b64encode

import pytest
from PIL import Image

from app.core.engine_calls import EngineCalls
from app.core.item_rules.rules_document import save_rules
from app.poster.records.candidate import ProviderName
from app.services.previews import previews
from tests.api.test_assets import roots
from tests.candidates import FILM, make_candidate, write_made
from tests.pictures import make_picture
from tests.trees import make_image

__all__ = ["roots"]


@pytest.fixture
def drawing(app):
    """The previews of the application, whose process ends with the test."""
    yield previews.of(app)
    previews.of(app).close()


def preview(client, **wanted):
    return client.post("/api/previews", json={"width": 200, **wanted})


def size_of(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    return Image.open(io.BytesIO(answer.data)).size


def text_of(answer):
    return json.loads(answer.headers["X-Preview-Text"])


@pytest.mark.parametrize(
    ("kind", "size"),
    [("poster", (200, 300)), ("season", (200, 300)), ("background", (400, 225)), ("square", (200, 200))],
)
def test_without_an_asset_a_sample_is_drawn(client, drawing, kind, size):
    answer = preview(client, kind=kind, width=size[0])
    assert size_of(answer) == size
    assert answer.headers["X-Preview-Source"] == "sample"
    assert len(text_of(answer)["boxes"]) == (kind != "square")


def test_an_asset_is_drawn_from_its_own_picture(client, machine, roots, drawing):
    file = make_image(roots["manual"], "poster.jpg", make_picture((400, 600)))
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(file)))
    answer = preview(client, asset=FILM)
    assert size_of(answer) == (200, 300)
    assert answer.headers["X-Preview-Source"] == "original"
    # What is gone stands under a sample.
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, "/etc/hostname"))
    assert preview(client, asset=FILM).headers["X-Preview-Source"] == "sample"


def test_a_process_that_was_killed_is_started_again(client, drawing):
    size_of(preview(client))
    before = drawing.pool.pipes[0].pid
    os.kill(before, signal.SIGKILL)
    answers = [preview(client).status_code for _ in range(2)]
    assert answers[1] == 200 and set(answers) <= {200, 503}
    assert drawing.pool.pipes[0].pid != before


def test_a_correction_is_tried_out_in_place_of_the_one_that_the_rules_have(client, machine, roots, drawing):
    file = make_image(roots["manual"], "poster.jpg", make_picture((400, 600), color=(250, 250, 250)))
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(file)))
    when = {"library": "Movies", "title": "Alien (1979)"}
    saved = {"name": "Lower", "when": when, "set": {"correct": {"poster": {"text": "A\nB", "move": -10}}}}
    save_rules(machine.paths, [saved])
    ruled, bare, higher, typed = (
        text_of(preview(client, asset=FILM, **more))
        for more in ({}, {"correct": {}}, {"correct": {"move": 20}}, {"title": "Aliens"})
    )
    tops = [found["boxes"][0][1] for found in (ruled, bare, higher, typed)]
    assert tops[2] == pytest.approx(tops[1] - 0.2, abs=0.01) and tops[0] > tops[1]
    assert [found["lines"] for found in (ruled, bare, typed)] == [[2], [1], [1]]
    assert all(found["sizes"][0] > 50 and 1 <= found["contrasts"][0] <= 21 for found in (ruled, bare))
    assert preview(client, asset=FILM, correct={"size": 900}).status_code == 400
    unsaved = [{"name": "Other", "when": when, "set": {"correct": {"poster": {"text": "A\nB\nC"}}}}]
    assert [text_of(preview(client, asset=FILM, rules=rules))["lines"] for rules in (unsaved, [])] == [
        [3],
        [1],
    ]
    assert preview(client, asset=FILM, rules=[{"name": "Other"}]).status_code == 400


def test_a_design_is_drawn_without_being_taken_and_kept_by_browsers_under_its_revision(client, drawing):
    known = client.get("/api/designs").json["designs"][0]
    address = f"/api/designs/{known['id']}/preview?width=200"
    fixed = client.get(f"{address}&revision={known['revision']}")
    assert size_of(fixed) == (200, 300)
    assert fixed.headers["Cache-Control"] == "private, max-age=3600"
    assert client.get(f"{address}&revision=other").headers["Cache-Control"] == "no-cache"
    assert preview(client, design=known["id"]).data == fixed.data != preview(client).data
    assert preview(client, design="nobody").status_code == 404
    assert client.get("/api/designs/nobody/preview").status_code == 404


def test_bad_bodies_are_refused_with_the_field_and_other_scopes_too(client, anonymous, drawing):
    bad = {
        "kind": "logo",
        "width": 3,
        "settings": {"A": 5},
        "crop": [0, 0, 1],
        "asset": "a.txt",
        "title": "x" * 3000,
    }
    for name, value in bad.items():
        answer = client.post("/api/previews", json={name: value})
        assert answer.status_code == 400 and name in answer.json["detail"], name
    many = {"settings": {"A": {str(number): 1 for number in range(600)}}}
    assert client.post("/api/previews", json=many).status_code == 400
    assert anonymous.post("/api/previews", json={}).status_code == 401
    assert preview(client, upload="../config.json").status_code in (400, 403, 404)
    assert preview(client, upload="gone.jpg").status_code == 404
    assert drawing.pool.pipes[0].pid is not None


def test_the_media_servers_own_picture_is_asked_for_once_and_a_sample_stands_where_it_has_none(
    client, machine, drawing, monkeypatch
):
    asked = []

    def inquire(calls, name, given, seconds):
        asked.append((name, given["address"]))
        found = b64encode(make_picture((400, 600))).decode()
        return {"picture": found} if given["address"] == "/known" else {"error": "gone"}

    monkeypatch.setattr(EngineCalls, "inquire", inquire)
    for address, source in (("/known", "original"), ("/gone", "sample")):
        write_made(machine.paths.engine, make_candidate(ProviderName.SERVER, address))
        for width in (200, 400):
            assert preview(client, asset=FILM, width=width).headers["X-Preview-Source"] == source
    assert asked.count(("server-art", "/known")) == 1
    assert set(asked) == {("server-art", "/known"), ("server-art", "/gone")}
