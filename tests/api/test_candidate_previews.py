"""Small copies of pictures of the providers, which no browser fetches itself."""

import pytest

from app.core.outgoing.picture_download import PictureDownloads
from app.core.replacing import candidate_previews
from app.services.offered_pictures import preview_queries
from tests.candidates import TMDB, picture_host
from tests.doubles.loopback import breaking, flooding
from tests.fetching import all_taken
from tests.pictures import opened

PREVIEW = "/api/assets/candidate-preview"
ADDRESS = f"{TMDB}a.jpg"


def query_of(machine, address=ADDRESS):
    return preview_queries(machine, [address])[address]


def test_a_preview_is_fetched_once_and_kept_by_the_browser_for_ever(client, machine):
    with picture_host(machine) as host:
        answers = [client.get(PREVIEW, query_string=query_of(machine) | {"width": 100}) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {200}
    assert opened(answers[0].data).size == (160, 240) and answers[0].mimetype == "image/webp"
    assert answers[0].headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert len(host.asked) == 1 and answers[0].data == answers[1].data


def test_only_what_this_server_offered_is_fetched(client, anonymous, machine):
    with picture_host(machine) as host:
        own = query_of(machine)
        forged = [
            own | {"address": "https://evil.example/a.jpg"},
            own | {"seal": own["seal"][::-1]},
            own | {"seal": "ä"},
            own | {"address": ""},
            {"address": ADDRESS},
        ]
        assert [client.get(PREVIEW, query_string=query).status_code for query in forged] == [403] * 3 + [
            400
        ] * 2
        assert anonymous.get(PREVIEW, query_string=own).status_code == 401
        assert host.asked == []


@pytest.mark.parametrize("trouble", [breaking, flooding, lambda handler: handler.send(404)])
def test_a_host_that_gives_no_picture_is_400_and_nothing_is_kept(client, machine, trouble, monkeypatch):
    monkeypatch.setitem(candidate_previews.LIMITS, "most_bytes", 100_000)
    with picture_host(machine) as host:
        host.trouble = trouble
        answer = client.get(PREVIEW, query_string=query_of(machine))
    assert answer.status_code == 400 and "127.0.0.1" in answer.json["detail"]
    assert not machine.paths.candidate_previews.exists()


def test_an_offered_address_of_the_own_network_is_refused(client, machine):
    machine.downloads = PictureDownloads()
    answer = client.get(PREVIEW, query_string=query_of(machine, "http://127.0.0.1:1/a.jpg"))
    assert answer.status_code == 400 and "public internet" in answer.json["detail"]


def test_where_too_many_are_fetched_another_one_is_503(client, app, machine):
    turns = app.extensions["candidate_previews"].turns
    with picture_host(machine):
        with all_taken(turns):
            assert client.get(PREVIEW, query_string=query_of(machine)).status_code == 503
        assert client.get(PREVIEW, query_string=query_of(machine)).status_code == 200
