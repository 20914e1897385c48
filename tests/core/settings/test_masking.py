import json

import pytest
from hypothesis import given

from app.core.settings.mapping import known_places
from app.core.settings.masking import (
    MASK,
    holds_mask,
    is_same_value,
    masked_deep,
    masked_setting,
    unmasked,
)
from tests.core.settings.making import json_values

SECRETS = {
    *("tvdbapi", "tmdbtoken", "FanartTvAPIKey", "PlexToken", "JellyfinAPIKey", "EmbyAPIKey"),
    *("Discord", "AppriseUrl", "UptimeKumaUrl", "basicAuthPassword"),
}


def test_exactly_the_secrets_of_the_reference_are_masked():
    masked = {name for name, place in known_places().items() if masked_setting(place.key, "value") == MASK}
    assert masked == SECRETS


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_an_empty_secret_is_shown_as_empty(name):
    assert masked_setting(name, "") == ""
    assert masked_setting(name, None) == ""


@pytest.mark.parametrize("value", ["text", 12345, ["a"], {"a": "b"}, True])
def test_a_secret_of_any_kind_is_masked(value):
    assert masked_setting("AgregarrApiKey", value) == MASK


@pytest.mark.parametrize(
    ("address", "is_secret"),
    [
        ("http://plex:32400", False),
        ("http://plex:32400/?page=1", False),
        ("http://ann:hidden@plex:32400", True),
        ("http://plex:32400/?X-Plex-Token=hidden", True),
    ],
)
def test_an_address_with_a_password_or_token_is_masked_and_the_mask_leaves_it_as_it_is(address, is_secret):
    shown = masked_deep({"PlexUrl": address})
    assert shown == {"PlexUrl": MASK if is_secret else address}
    assert unmasked(shown, {"PlexUrl": address}) == {"PlexUrl": address}


def test_secrets_inside_of_unknown_settings_are_masked_too():
    value = {
        "servers": [{"name": "one", "token": "abc"}, {"token": ""}],
        "depth": {"password": "x", "port": 1},
    }
    assert masked_setting("Mine", value) == {
        "servers": [{"name": "one", "token": MASK}, {"token": ""}],
        "depth": {"password": MASK, "port": 1},
    }


@given(json_values)
def test_what_holds_no_secret_is_shown_as_it_is(value):
    names = json.dumps(value).lower()
    if not any(word in names for word in ("key", "secret", "token", "pass", "cookie", "auth", "cred")):
        assert masked_deep(value) == value


@pytest.mark.parametrize("value", [MASK, [MASK], ["a", [MASK]], {"a": {"b": MASK}}])
def test_the_mark_is_found_wherever_it_stands(value):
    assert holds_mask(value)


@pytest.mark.parametrize("value", ["REDACTED", f"a {MASK}", [], {}, {MASK: "as a name"}, None, 1])
def test_other_values_hold_no_mark(value):
    assert not holds_mask(value)


def test_values_are_the_same_only_where_json_writes_them_alike():
    assert is_same_value({"a": [1, "x"]}, {"a": [1, "x"]})
    assert not is_same_value(True, 1)
    assert not is_same_value(1, "1")
    assert not is_same_value(1, 1.0)
    assert not is_same_value(None, "")


ONE, TWO = {"name": "one", "token": "first"}, {"name": "two", "token": "second"}
SHOWN_ONE, SHOWN_TWO = ({**each, "token": MASK} for each in (ONE, TWO))


@pytest.mark.parametrize(
    ("sent", "stored", "kept"),
    [
        ([SHOWN_TWO, SHOWN_ONE], [ONE, TWO], [TWO, ONE]),
        ([SHOWN_TWO], [ONE, TWO], [TWO]),
        # A client may write the names of an object in another order.
        ([{"token": MASK, "name": "one"}], [ONE, TWO], [ONE]),
        # What was changed beside the mark, or fits two, keeps the mark, which is refused later.
        ([{"name": "three", "token": MASK}], [ONE, TWO], [{"name": "three", "token": MASK}]),
        ([SHOWN_ONE], [ONE, {**ONE, "token": "other"}], [SHOWN_ONE]),
        ([{"name": "one", "token": "new"}], [ONE], [{"name": "one", "token": "new"}]),
        ({"a": {"token": MASK}}, {"a": {"token": "x"}, "b": 1}, {"a": {"token": "x"}}),
        # No secret comes from another place, or from a setting that is none.
        ({"token": MASK}, {}, {"token": MASK}),
        ({"token": MASK}, {"token": ""}, {"token": MASK}),
        ({"port": MASK}, {"port": 80}, {"port": MASK}),
        ({"token": MASK}, [ONE], {"token": MASK}),
        ([MASK], {"token": "x"}, [MASK]),
        (MASK, "x", MASK),
        # A whole secret object or list is behind one mark.
        ({"password": MASK}, {"password": {"a": "x"}}, {"password": {"a": "x"}}),
    ],
)
def test_a_mark_becomes_the_stored_secret_where_it_is_clear_which_one(sent, stored, kept):
    assert unmasked(sent, stored) == kept
