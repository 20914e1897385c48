"""Designs over HTTP: listed, taken, undone."""

from io import BytesIO

import pytest

PRESENT = "is_present"
CINZEL = "Cinzel Bold, Greek and Cyrillic of Noto Serif Display"


def test_designs_are_listed_with_names_fonts_and_licences(client):
    found = client.get("/api/designs").json
    assert found["undoable"] is None and not any(one[PRESENT] for one in found["designs"])
    classic = found["designs"][0]
    assert classic["names"] == {"en": "Film poster classic", "de": "Filmplakat klassisch"}
    assert classic["fonts"] == [
        {"file": "Cinzel-Bold.ttf", "name": CINZEL, "licence": "SIL Open Font License 1.1"}
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


def test_a_design_goes_out_and_comes_back_and_is_deleted_and_brought_back(client):
    sent = client.get("/api/designs/classic/export")
    assert sent.mimetype == "application/zip"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="classic.posterizarr"'
    kept = client.post("/api/designs/import", data={"file": (BytesIO(sent.data), "x.posterizarr")})
    assert kept.json["id"] == "film-poster-classic" and kept.json["notes"] == []
    assert client.get("/api/designs").json["designs"][-1]["is_own"] is True
    assert client.delete("/api/designs/film-poster-classic").status_code == 200
    assert client.delete("/api/designs/film-poster-classic").status_code == 404
    assert client.post("/api/designs/film-poster-classic/restore").status_code == 200
    assert client.get("/api/designs/film-poster-classic/export").status_code == 200


def test_the_present_settings_become_a_design(client):
    kept = client.post("/api/designs", json={"name": "Heute"})
    assert kept.json["id"] == "heute"
    assert [one["id"] for one in client.get("/api/designs").json["designs"] if one[PRESENT]] == ["heute"]


@pytest.mark.parametrize("sent", [{}, {"name": ""}, {"name": "x" * 61}, {"name": 3}, {"name": "a\0b"}])
def test_a_design_needs_a_name(client, sent):
    assert client.post("/api/designs", json=sent).status_code == 400


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_what_is_no_design_is_refused(client, content):
    answer = client.post("/api/designs/import", data={"file": (BytesIO(content), "x.posterizarr")})
    assert answer.status_code == 400 and "no zip" in answer.json["detail"]


def test_the_designs_of_the_package_are_not_deleted(client):
    assert client.delete("/api/designs/classic").status_code == 409
