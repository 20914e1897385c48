"""The losses of texts, as the API says them."""

import pytest

TOP = [0.1, 0.01, 0.98, 0.12]


def make_text(**changes):
    return {"kind": "poster", "box": TOP, "size": 300} | changes


def test_it_says_which_client_covers_which_text(client):
    middle = make_text(box=[0.1, 0.4, 0.9, 0.6])
    answer = client.post("/api/viewing/losses", json={"texts": [middle, make_text()]})
    losses = answer.json["losses"]
    assert {loss["text"] for loss in losses} == {1} and {loss["loss"] for loss in losses} == {"covered"}
    assert losses[0] == {
        **{"text": 1, "client": "plex", "device": "television", "loss": "covered", "mark": "unwatched"},
        **{"amount": pytest.approx(0.187, abs=0.001), "least": 10},
    }
    assert len({(loss["client"], loss["device"]) for loss in losses}) == 6


def test_a_size_is_that_of_the_picture_in_full_size(client):
    """60 points are 0.02 of a poster and 0.028 of a title card."""
    texts = [make_text(kind=kind, box=[0.1, 0.4, 0.9, 0.6], size=60) for kind in ("poster", "title_card")]
    losses = client.post("/api/viewing/losses", json={"texts": texts}).json["losses"]
    angles = [loss["amount"] for loss in losses if (loss["client"], loss["device"]) == ("plex", "television")]
    assert angles == pytest.approx([4.47, 5.07], abs=0.01)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "square"},
        {"box": [0, 0, 1]},
        {"box": [0.5, 0, 0.4, 1]},
        {"box": [0, 0, 1, 1.1]},
        {"size": -1},
        {"size": "NaN"},
    ],
)
def test_what_is_no_text_on_a_picture_is_refused(client, changes):
    answer = client.post("/api/viewing/losses", json={"texts": [make_text(**changes)]})
    assert answer.status_code == 400 and answer.json["detail"]
