import gzip
import json

import pytest

from app.core.choices.importing import import_if_changed
from app.poster.records.server_art import UploadState
from tests.choices import make_csv, make_row, stored, take, write_csv
from tests.core.decisions.test_picture_states import note
from tests.trees import index, make_image

GERMAN = make_row(Title="Ärger", Rootfolder="Aerger (2001)", Language="de")


def configure(machine, **sections):
    values = machine.config.values()
    for name, entries in sections.items():
        values.setdefault(name, {}).update(entries)
    machine.config.path.write_text(json.dumps(values))


def assets(answer, category="non_primary_lang"):
    return answer.json["categories"][category]["assets"]


def test_everything_is_answered_when_nothing_is_asked_for(client, machine):
    take(machine, make_row(), GERMAN)
    answer = client.get("/api/assets/overview")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.json.keys() == {"categories", "config"}
    assert [entry["Title"] for entry in assets(answer)] == ["Ärger"]
    assert answer.json["config"] == {
        "primary_language": "xx",
        "primary_provider": "tmdb",
        "primary_language_background": "xx",
        "primary_language_season": "xx",
        "primary_language_titlecard": "xx",
    }


def test_flags_are_never_booleans(client, machine):
    take(machine, make_row(TextTruncated="True", Fallback="False", Manual="False", Language="de"))
    [entry] = assets(client.get("/api/assets/overview"), "truncated_text")
    names = ("Language", "Fallback", "TextTruncated", "DownloadSource", "FavProviderLink", "Manual", "tmdbid")
    assert all(isinstance(entry[name], str) for name in names)


def test_a_client_that_has_it_already_is_told_so(client, machine):
    take(machine, GERMAN)
    tag = client.get("/api/assets/overview").headers["ETag"]
    again = client.get("/api/assets/overview", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    take(machine, GERMAN, make_row(Title="B", Language="de"))
    assert client.get("/api/assets/overview", headers={"If-None-Match": tag}).status_code == 200


def test_what_is_told_is_never_older_than_an_import_a_change_or_a_removal(client, machine):
    take(machine, GERMAN)
    assert len(assets(client.get("/api/assets/overview"))) == 1
    number = stored(machine)[0]["id"]
    client.put(f"/api/imagechoices/{number}", json={"Manual": "Yes"})
    answer = client.get("/api/assets/overview")
    assert (len(assets(answer)), len(assets(answer, "resolved"))) == (0, 1)
    client.delete(f"/api/imagechoices/{number}")
    assert assets(client.get("/api/assets/overview"), "resolved") == []
    take(machine, GERMAN | {"Fallback": "true"})
    assert len(assets(client.get("/api/assets/overview"))) == 1


def test_changed_settings_count_at_once(client, machine):
    take(machine, make_row(), GERMAN)
    assert [entry["Title"] for entry in assets(client.get("/api/assets/overview"))] == ["Ärger"]
    configure(machine, ApiPart={"PreferredLanguageOrder": ["de"]})
    for path in ("/api/assets/overview", "/api/assets/overview?limit=5"):
        answer = client.get(path)
        assert [entry["Title"] for entry in assets(answer)] == ["Alien"]
        assert answer.json["config"]["primary_language"] == "de"


def test_stored_categories_follow_the_settings(client, machine):
    take(machine, GERMAN)
    configure(machine, ApiPart={"PreferredLanguageOrder": ["de"]})
    assert stored(machine)[0]["categories"] != 0
    assert import_if_changed(machine.database, machine.paths) is None
    assert stored(machine)[0]["categories"] == 0


def test_an_image_shows_as_soon_as_the_index_knows_it(client, machine):
    configure(machine, PrerequisitePart={"AssetPath": "pictures"})
    folder = machine.paths.data / "pictures"
    folder.mkdir(exist_ok=True)
    take(machine, GERMAN)
    index(machine)
    [before] = assets(client.get("/api/assets/overview"))
    make_image(folder, "Movies/Aerger (2001)/poster.jpg")
    index(machine)
    [after] = assets(client.get("/api/assets/overview"))
    [paged] = assets(client.get("/api/assets/overview?category=non_primary_lang"))
    assert (before["has_poster"], before["poster_url"]) == (False, None)
    assert after == paged
    assert after["has_poster"] is True
    assert after["poster_url"] == "/poster_assets/Movies/Aerger%20%282001%29/poster.jpg"
    assert after["created"] > 1e9 < after["modified"]


def test_a_flat_tree_is_told_by_the_settings(client, machine):
    configure(machine, PrerequisitePart={"AssetPath": "pictures", "LibraryFolders": "false"})
    make_image(machine.paths.data / "pictures", "Aerger (2001).jpg")
    take(machine, GERMAN)
    index(machine)
    [entry] = assets(client.get("/api/assets/overview"))
    assert entry["poster_url"] == "/poster_assets/Aerger%20%282001%29.jpg"


def test_pages_hold_the_named_part(client, machine):
    take(machine, *(make_row(Title=f"Film {number}", Language="de") for number in range(7)))
    answer = client.get("/api/assets/overview?category=non_primary_lang&limit=2&offset=3&search=FILM")
    assert [entry["Title"] for entry in assets(answer)] == ["Film 3", "Film 2"]
    assert answer.json["categories"]["non_primary_lang"]["count"] == 7
    assert (answer.json["total"], answer.json["limit"], answer.json["offset"]) == (7, 2, 3)
    assert len(answer.json["categories"]) == 7
    assert answer.json["config"]["primary_provider"] == "tmdb"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "limit=x", "offset=-1", "category=none", "search=%00", f"search={'a' * 201}"],
)
def test_what_is_out_of_range_is_refused(client, query):
    answer = client.get(f"/api/assets/overview?{query}")
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_whoever_reads_gzip_gets_it(client, machine):
    take(machine, GERMAN)
    plain = client.get("/api/assets/overview")
    packed = client.get("/api/assets/overview", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert int(plain.headers["Content-Length"]) == len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    refused = client.get("/api/assets/overview", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == plain.data


def test_a_full_disk_is_told(client, machine, monkeypatch):
    take(machine, GERMAN)
    monkeypatch.setattr("app.core.choices.spool.tempfile.TemporaryFile", no_room)
    answer = client.get("/api/assets/overview")
    assert answer.status_code == 503
    assert "No space left" in answer.json["detail"]


def no_room(dir):
    raise OSError(28, "No space left on device")


def test_unreadable_settings_are_told(client, machine):
    machine.config.path.write_text("{")
    assert client.get("/api/assets/overview").status_code == 503


@pytest.mark.parametrize("path", ["/api/assets/overview", "/api/imagechoices", "/api/imagechoices/1"])
def test_strangers_see_nothing(app, machine, anonymous, path):
    assert anonymous.get(path).status_code == 401


def test_the_latest_rows_are_seen_however_they_were_taken_in(client, machine):
    write_csv(machine.paths.logs, make_csv(GERMAN))
    assert client.post("/api/imagechoices/import").status_code == 200
    assert len(assets(client.get("/api/assets/overview"))) == 1


def test_a_row_says_whose_its_picture_is_and_what_became_of_the_upload(client, machine):
    folder = machine.paths.data.parent / "assets"
    configure(machine, PrerequisitePart={"AssetPath": str(folder)})
    path = "Movies/Aerger (2001)/poster.jpg"
    make_image(folder, path)
    index(machine)
    take(machine, make_row(**{**GERMAN, "LibraryName": "Movies"}))
    [before] = assets(client.get("/api/assets/overview"))
    assert (before["owner"], before["upload"]) == (None, None)
    note(machine.paths.engine, path, state=UploadState.OVERWRITTEN)
    for query in ("", "?limit=5"):
        [row] = assets(client.get(f"/api/assets/overview{query}"))
        assert (row["owner"], row["upload"], row["has_poster"]) == ("ours", "overwritten", True)
    [named] = client.get("/api/assets/states?upload=overwritten").json["assets"]
    assert (named["path"], named["url"]) == (path, row["poster_url"])
    [problem] = [found for found in client.get("/health").json["problems"] if found["source"] == "uploads"]
    assert problem["message"].startswith("1 picture was overwritten")


@pytest.mark.parametrize("query", ["upload=x", "owner=me", "limit=0", "limit=501"])
def test_states_are_asked_for_by_known_words_only(client, query):
    assert client.get(f"/api/assets/states?{query}").status_code == 400
