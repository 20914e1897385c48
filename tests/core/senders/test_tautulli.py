import pytest

from app.core.errors import Invalid
from app.core.senders import ConnectionTest, Ignored, read_tautulli
from tests.payloads import TEMPLATE, make_tautulli

SEASON = {"mediatype": "season", "RatingKey": "777", "parentratingkey": "776"}
EPISODE = {"mediatype": "episode", "RatingKey": "3", "parentratingkey": "2", "grandparentratingkey": "1"}


def only(**overrides):
    (event,) = read_tautulli(make_tautulli(**overrides))
    return event


def test_a_film_is_known_by_its_rating_key():
    event = only()
    assert event.fields == (("RatingKey", "1234"), ("mediatype", "movie"))
    assert (event.sender, event.kind, event.name, event.identity) == (
        "Tautulli",
        "tautulli",
        "movie",
        "Tautulli:movie:1234",
    )


@pytest.mark.parametrize(
    ("given", "identity"),
    [
        ({"mediatype": "show"}, "Tautulli:show:1234"),
        (SEASON, "Tautulli:season:776"),
        (SEASON | {"RatingKey": None}, "Tautulli:season:776"),
        (EPISODE, "Tautulli:episode:1"),
        (EPISODE | {"grandparentratingkey": ""}, "Tautulli:episode:2"),
    ],
)
def test_an_item_is_merged_by_the_key_that_the_script_uses(given, identity):
    assert only(**given).identity == identity


def test_the_lines_keep_the_order_of_the_template():
    shuffled = dict(reversed(EPISODE.items()))
    (event,) = read_tautulli(shuffled)
    assert [key for key, _ in event.fields] == [
        "RatingKey",
        "mediatype",
        "parentratingkey",
        "grandparentratingkey",
    ]


def test_only_the_four_keys_are_taken():
    event = only(title="$(rm -rf /)", arr_platform="Sonarr", libraryName="x")
    assert dict(event.fields) == {"RatingKey": "1234", "mediatype": "movie"}


def test_numbers_and_other_letters_are_understood():
    assert read_tautulli({"ratingkey": 1234, "MediaType": " Movie "}) == read_tautulli(make_tautulli())


@pytest.mark.parametrize("kind", ["artist", "album", "track", "clip", "Track"])
def test_other_media_types_are_ignored_by_name(kind):
    assert read_tautulli(make_tautulli(mediatype=kind)) == Ignored(f"Ignored media type: {kind.lower()}")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        [],
        "",
        TEMPLATE,
        make_tautulli(RatingKey="", mediatype=""),
        {"RatingKey": "{rating_key}", "mediatype": "movie"},
        {"RatingKey": "1", "mediatype": "{media_type}"},
        {"RatingKey": "{ratingkey}", "mediatype": "{mediatype}"},
        {"text": "Test Notification"},
    ],
)
def test_what_the_test_button_sends_is_a_test(payload):
    assert read_tautulli(payload) == ConnectionTest("Tautulli")


def test_a_parent_that_was_not_filled_in_counts_as_none():
    assert only(parentratingkey="{parent_ratingkey}").fields == only().fields
    with pytest.raises(Invalid, match="season needs parentratingkey"):
        only(**SEASON | {"parentratingkey": "{parent_ratingkey}"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"RatingKey": "12; rm -rf /"}, "RatingKey must be digits"),
        ({"RatingKey": "$(id)"}, "RatingKey must be digits"),
        ({"RatingKey": "-1"}, "RatingKey must be digits"),
        ({"RatingKey": "0"}, "RatingKey must be digits"),
        ({"RatingKey": "١٢"}, "RatingKey must be digits"),
        ({"RatingKey": "1\n[mediatype]: x"}, "RatingKey must be digits"),
        ({"RatingKey": "1" * 30}, "RatingKey must be digits"),
        ({"RatingKey": "{ratingkey}"}, "RatingKey must be digits"),
        ({"RatingKey": 10**20}, "at most 18 digits"),
        ({"RatingKey": -1}, "at most 18 digits"),
        ({"RatingKey": 1.5}, "RatingKey must be a text"),
        ({"RatingKey": True}, "RatingKey must be a text"),
        ({"RatingKey": ["1"]}, "RatingKey must be a text"),
        ({"mediatype": {}}, "mediatype must be a text"),
        ({"mediatype": "banana"}, "mediatype must be one of movie, show, season, episode"),
        ({"mediatype": ""}, "mediatype must be one of"),
        ({"mediatype": "movie\n[RatingKey]: 5"}, "mediatype must be one of"),
        ({"RatingKey": ""}, "movie needs RatingKey"),
        ({"mediatype": "season"}, "season needs parentratingkey"),
        ({"mediatype": "episode"}, "episode needs grandparentratingkey or parentratingkey"),
        ({"grandparentratingkey": "x"}, "grandparentratingkey must be digits"),
    ],
)
def test_a_value_that_the_script_cannot_use_is_refused_by_its_name(change, sentence):
    with pytest.raises(Invalid, match=sentence):
        read_tautulli(make_tautulli(**change))


@pytest.mark.parametrize("payload", [["x"], "text", 5, [make_tautulli()]])
def test_whatever_is_no_object_is_refused(payload):
    with pytest.raises(Invalid, match="must be a JSON object"):
        read_tautulli(payload)
