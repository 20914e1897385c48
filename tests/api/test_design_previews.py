"""Pictures of a design, by an address that browsers keep as long as nothing changes them."""

import io
import json

import pytest
from PIL import Image, ImageChops

from app.core.designs.drawn_revision import drawn_in, drawn_revision
from app.poster.records.candidate import ProviderName
from tests.api.test_assets import roots
from tests.api.test_previews import drawing
from tests.candidates import FILM, make_candidate, write_made
from tests.pictures import make_picture
from tests.trees import make_image

__all__ = ["drawing", "roots"]


def drawn(client, design, **fields):
    answer = client.get(f"/api/designs/{design}/preview", query_string={"width": 120, **fields})
    assert answer.status_code == 200, answer.text[:300]
    return answer


def picture(answer):
    return Image.open(io.BytesIO(answer.data)).convert("RGB")


@pytest.fixture
def film(machine, roots):
    file = make_image(roots["manual"], "poster.jpg", make_picture((400, 600)))
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(file)))


def test_each_design_draws_the_same_picture_in_its_own_way(client, drawing, film):
    found = {name: drawn(client, name, asset=FILM) for name in ("present", "cinema", "minimal")}
    assert {answer.headers["X-Preview-Source"] for answer in found.values()} == {"original"}
    assert {picture(answer).size for answer in found.values()} == {(120, 180)}
    for one, other in (("present", "cinema"), ("cinema", "minimal")):
        assert ImageChops.difference(picture(found[one]), picture(found[other])).getbbox()
    (box,) = json.loads(found["present"].headers["X-Preview-Text"])["boxes"]
    assert box[0] < box[2] and box[1] < box[3]


def test_one_with_the_present_revision_is_kept_until_the_settings_change(client, drawing, machine):
    for name in ("present", "minimal"):
        revision = drawn_revision(machine.paths, drawn_in(machine.paths, name))
        assert "immutable" in drawn(client, name, revision=revision).headers["Cache-Control"]
        assert drawn(client, name, revision="other").headers["Cache-Control"] == "no-cache"
        settings = json.loads(machine.paths.config.read_text())
        settings.setdefault("OverlayPart", {})["outputQuality"] = f"7{len(name)}"
        machine.paths.config.write_text(json.dumps(settings))
        assert drawn(client, name, revision=revision).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("design", "fields", "status"),
    [
        ("none", {}, 404),
        ("..%2F..", {}, 404),
        ("minimal", {"kind": "banner"}, 400),
        ("minimal", {"width": 5}, 400),
        ("minimal", {"asset": "a.txt"}, 400),
    ],
)
def test_what_is_no_design_or_no_picture_is_refused(client, drawing, design, fields, status):
    answer = client.get(f"/api/designs/{design}/preview", query_string=fields)
    assert answer.status_code == status and answer.json["detail"]


def test_a_wall_is_drawn_of_small_copies_which_a_large_preview_does_not_take(
    client, drawing, roots, machine, monkeypatch
):
    asked = []

    def fetch(address):
        asked.append(address.rpartition("/t/p/")[2])
        return make_picture((78, 117) if "w780" in address else (200, 300))

    monkeypatch.setattr(drawing, "fetched", fetch)
    write_made(machine.paths.engine, make_candidate())
    for width, design in ((320, "present"), (320, "minimal"), (800, "present"), (320, "cinema")):
        assert drawn(client, design, asset=FILM, width=width).headers["X-Preview-Source"] == "original"
    assert asked == ["w780/a.jpg", "original/a.jpg"]
