"""Designs over HTTP: listed, taken, undone."""

import pytest

PRESENT = "is_present"


def test_designs_are_listed_with_names_fonts_and_licences(client):
    found = client.get("/api/designs").json
    assert found["undoable"] is None and not any(one[PRESENT] for one in found["designs"])
    classic = found["designs"][0]
    assert classic["names"] == {"en": "Film poster classic", "de": "Filmplakat klassisch"}
    assert classic["fonts"] == [
        {"file": "Cinzel-Bold.ttf", "name": "Cinzel Bold", "licence": "SIL Open Font License 1.1"}
    ]
    assert classic["is_own"] is False and len(classic["revision"]) == 16


def test_one_is_taken_and_undone(client, machine):
    revision = client.get("/api/designs").json["revision"]
    answer = client.post("/api/designs/cinema/take", json={"revision": revision})
    assert answer.status_code == 200 and answer.json["installed"]["cinema-poster.png"] == "cinema-poster.png"
    assert "PosterTextGravity" in answer.json["changed"] and answer.json["backup"]
    found = client.get("/api/designs").json
    assert [one["id"] for one in found["designs"] if one[PRESENT]] == ["cinema"]
    assert found["undoable"] == "cinema"
    assert (machine.paths.overlays / "Jost-Medium.ttf").is_file()
    assert client.post("/api/designs/minimal/take", json={"revision": revision}).status_code == 409
    assert client.post("/api/designs/undo").json["changes_count"] == answer.json["changes_count"]
    assert client.post("/api/designs/undo").status_code == 409


@pytest.mark.parametrize("design", ["nothing", "..", "%2e%2e%2fclassic", "A" * 300])
def test_what_is_no_design_is_not_taken(client, design):
    assert client.post(f"/api/designs/{design}/take").status_code in (403, 404)
