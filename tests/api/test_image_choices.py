from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import update

from app.core.choices.table import TABLE
from app.models.base import now
from app.services.keys import create_key
from tests.choices import make_csv, make_row, stored, take, write_csv
from tests.trees import described, index, make_image


@pytest.fixture
def number(machine):
    take(machine, make_row())
    return stored(machine)[0]["id"]


@pytest.fixture
def reader(app, machine, number):
    """A caller who may read, and nothing else."""
    client = app.test_client()
    client.environ_base["HTTP_X_API_KEY"] = create_key(machine, "reader", ["read"])[1]
    return client


def test_the_list_is_a_bare_array(client, machine):
    assert client.get("/api/imagechoices").json == []
    take(machine, make_row(), make_row(Title="Brazil"))
    found = client.get("/api/imagechoices").json
    assert [entry["Title"] for entry in found] == ["Brazil", "Alien"]
    assert found[1] == client.get("/api/imagechoices/Alien").json


def test_a_part_of_the_list_can_be_asked_for(client, machine):
    take(machine, *(make_row(Title=title) for title in "abcd"))
    assert [entry["Title"] for entry in client.get("/api/imagechoices?limit=2&offset=1").json] == ["c", "b"]
    assert [entry["Title"] for entry in client.get("/api/imagechoices?offset=3").json] == ["a"]
    assert client.get("/api/imagechoices?limit=501").status_code == 400
    assert client.get("/api/imagechoices?offset=-1").status_code == 400


def test_the_list_tells_a_client_that_has_it_already(client, number):
    tag = client.get("/api/imagechoices").headers["ETag"]
    assert client.get("/api/imagechoices", headers={"If-None-Match": tag}).status_code == 304


def test_one_choice_is_found_by_title_and_by_number(client, machine, number):
    by_title = client.get("/api/imagechoices/Alien")
    assert by_title.status_code == 200
    assert by_title.json == client.get(f"/api/imagechoices/{number}").json
    assert (by_title.json["id"], by_title.json["imdbid"]) == (number, "tt0078748")


def test_a_title_may_hold_anything(client, machine):
    title = "AC/DC | Season 2?"
    take(machine, make_row(Title=title))
    assert client.get("/api/imagechoices/AC%2FDC%20%7C%20Season%202%3F").json["Title"] == title


@pytest.mark.parametrize("title", ["Brazil", "4711", "import", "a%00b", "9" * 40])
def test_an_unknown_title_is_404(client, number, title):
    assert client.get(f"/api/imagechoices/{title}").status_code == 404


def test_the_old_page_settles_a_choice_by_sending_all_of_it(client, machine, number):
    sent = {
        "Title": "Alien",
        "Type": "Movie",
        "Rootfolder": "Alien (1979)",
        "LibraryName": "Movies",
        "Language": "Textless",
        "Fallback": None,
        "TextTruncated": "false",
        "DownloadSource": None,
        "FavProviderLink": None,
        "Manual": "Yes",
    }
    answer = client.put(f"/api/imagechoices/{number}", json=sent)
    assert (answer.status_code, answer.json) == (200, {"message": "Image choice updated"})
    entry = client.get(f"/api/imagechoices/{number}").json
    assert (entry["Manual"], entry["DownloadSource"]) == ("Yes", "https://image.tmdb.org/t/p/original/x.jpg")
    client.put(f"/api/imagechoices/{number}", json=sent | {"Manual": "No"})
    assert client.get(f"/api/imagechoices/{number}").json["Manual"] == "false"


@pytest.mark.parametrize(
    "body",
    [
        {"Manual": "perhaps"},
        {"Manual": True},
        {"Title": ""},
        {"Language": 7},
        {"Language": "a\0"},
        {"Language": "\ud800"},
        {"Fallback": "a" * 4001},
        [],
    ],
)
def test_a_change_that_cannot_be_is_refused(client, machine, number, body):
    before = stored(machine)
    assert client.put(f"/api/imagechoices/{number}", json=body).status_code == 400
    assert stored(machine) == before


def test_a_change_to_another_choice_is_a_conflict(client, machine, number):
    take(machine, make_row(), make_row(Title="Brazil"))
    answer = client.put(f"/api/imagechoices/{number}", json={"Title": "Brazil"})
    assert answer.status_code == 409
    assert answer.json["detail"]


@pytest.mark.parametrize("number", [4711, 2**70])
def test_an_unknown_choice_is_404(client, number):
    assert client.put(f"/api/imagechoices/{number}", json={"Manual": "Yes"}).status_code == 404
    assert client.delete(f"/api/imagechoices/{number}").status_code == 404
    assert client.get(f"/api/imagechoices/{number}/find-asset").status_code == 404


def test_a_choice_can_be_deleted(client, machine, number):
    answer = client.delete(f"/api/imagechoices/{number}")
    assert (answer.status_code, answer.json) == (200, {"message": "Image choice deleted"})
    assert stored(machine) == []


def test_the_image_of_a_choice_is_found(client, machine, number):
    machine.config.path.write_text('{"PrerequisitePart": {"AssetPath": "pictures"}}')
    assert client.get(f"/api/imagechoices/{number}/find-asset").status_code == 404
    make_image(machine.paths.data / "pictures", "Movies/Alien (1979)/poster.jpg")
    index(machine)
    answer = client.get(f"/api/imagechoices/{number}/find-asset")
    assert answer.json["success"]
    assert described(answer.json["asset"]) == {
        "name": "poster.jpg",
        "path": "Movies/Alien (1979)/poster.jpg",
        "url": "/poster_assets/Movies/Alien%20%281979%29/poster.jpg",
        "type": "poster",
        "library": "Movies",
    }


def test_an_import_can_be_asked_for(client, machine, number):
    write_csv(machine.paths.logs, make_csv(make_row(Language="de"), make_row(Title="B")) + "short;row\n")
    answer = client.post("/api/imagechoices/import")
    assert answer.status_code == 200
    assert answer.json["stats"] == {
        "added": 1,
        "updated": 1,
        "skipped": 0,
        "errors": 1,
        "error_details": ["Rows that do not fit the heading: 1."],
    }


def test_an_import_without_a_file_is_404(client):
    assert client.post("/api/imagechoices/import").status_code == 404


def test_whoever_may_only_read_changes_nothing(reader, machine, number):
    assert reader.get(f"/api/imagechoices/{number}").status_code == 200
    for method, path in (
        ("put", f"/api/imagechoices/{number}"),
        ("delete", f"/api/imagechoices/{number}"),
        ("post", "/api/imagechoices/import"),
        ("post", "/api/imagechoices"),
    ):
        assert getattr(reader, method)(path, json=NEW | {"Manual": "Yes"}).status_code == 403
    assert stored(machine)[0]["verdict"] is None


NEW = {"Title": "Brazil", "Type": "Movie", "Rootfolder": "Brazil (1985)", "LibraryName": "Movies"}


def test_a_choice_can_be_added_and_the_next_file_of_the_script_changes_it(client, machine):
    answer = client.post(
        "/api/imagechoices", json=NEW | {"Language": "De", "Manual": "Yes", "Fallback": None}
    )
    assert answer.status_code == 200 and answer.json["message"]
    entry = client.get(f"/api/imagechoices/{answer.json['id']}").json
    assert {name: entry[name] for name in NEW} == NEW
    assert (entry["Language"], entry["Manual"], entry["Fallback"]) == ("De", "Yes", "")
    assert client.get("/api/assets/overview?category=resolved").json["total"] == 1
    row = make_row(Title="Brazil", Rootfolder="Brazil (1985)", Language="fr")
    assert take(machine, row) == 1
    assert [(each["language"], each["verdict"]) for each in stored(machine)] == [("fr", "Yes")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"Title": "Alien", "Type": "Movie", "Rootfolder": "Alien (1979)", "LibraryName": "Movies"}, 409),
        ({}, 400),
        (NEW | {"Title": ""}, 400),
        (NEW | {"Title": None}, 400),
        (NEW | {"Title": "a\0"}, 400),
        (NEW | {"Language": "\ud800"}, 400),
        (NEW | {"Manual": "perhaps"}, 400),
        (NEW | {"Rootfolder": "a" * 4001}, 400),
        ([], 400),
    ],
)
def test_a_choice_that_exists_or_cannot_be_is_not_added(client, machine, number, body, status):
    before = stored(machine)
    answer = client.post("/api/imagechoices", json=body)
    assert (answer.status_code, bool(answer.json["detail"])) == (status, True)
    assert stored(machine) == before


def test_pictures_are_counted_by_provider_and_local_day(client, machine):
    take(
        machine,
        make_row(Title="a"),
        make_row(Title="b", Download_Source="https://artworks.thetvdb.com/x.jpg"),
        make_row(Title="c", Download_Source="https://assets.fanart.tv/x.jpg"),
        make_row(Title="d", Download_Source="/plex/photo"),
        make_row(Title="e", Download_Source="false"),
        make_row(Title="f"),
    )
    stamp(machine, f=datetime(2026, 3, 1, 23, 30, tzinfo=UTC), e=datetime(2026, 3, 1, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 3, 7, 12, tzinfo=UTC), tick=False):
        stamp(machine, **dict.fromkeys("abcd", now()))
        stats = client.get("/api/analytics/providers?days=7").json["stats"]
    assert [day["date"] for day in stats] == [f"2026-03-0{number}" for number in range(1, 8)]
    assert stats[-1] == {"date": "2026-03-07", "TMDB": 1, "TVDB": 1, "Fanart": 1, "Other": 1}
    # Half an hour before midnight in UTC is the next day in Berlin.
    assert [day["TMDB"] for day in stats] == [0, 1, 0, 0, 0, 0, 1]


def stamp(machine, **moments):
    with machine.database.writing() as session:
        for title, moment in moments.items():
            session.execute(update(TABLE).where(TABLE.c.title == title).values(created_at=moment))


@pytest.mark.parametrize("query", ["days=6", "days=366", "days=x", "days="])
def test_days_that_cannot_be_are_refused(client, query):
    assert client.get(f"/api/analytics/providers?{query}").status_code == 400
    assert len(client.get("/api/analytics/providers").json["stats"]) == 30
