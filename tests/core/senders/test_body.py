import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.senders.body import MOST_FIELDS, read_json, read_json_or_form
from tests.payloads import make_sonarr, make_tautulli, wire

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_body_of_any_system_is_read(line_end):
    assert read_json(wire(make_sonarr(), line_end)) == make_sonarr()


def test_a_byte_order_mark_and_letters_of_any_script_are_read():
    assert read_json('\ufeff{"title": "Ünder 水"}'.encode()) == {"title": "Ünder 水"}
    assert read_json(rb'{"title": "\u00dc \ud83d\ude00"}') == {"title": "Ü 😀"}


@given(ANY_JSON)
def test_whatever_is_json_is_read_as_it_is(value):
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary() | st.text().map(str.encode))
def test_whatever_else_is_refused_and_nothing_worse(body):
    try:
        read_json(body)
    except Invalid as refusal:
        assert refusal.detail.encode()


@pytest.mark.parametrize("body", [b"", b"   \r\n", b"\xef\xbb\xbf"])
def test_an_empty_body_is_refused_in_a_kind_sentence(body):
    with pytest.raises(Invalid, match="The body is empty; it must be the JSON object"):
        read_json(body)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "is not JSON"),
        (b'{"a": 1,}', "is not JSON"),
        (b"{'a': 1}", "is not JSON"),
        (b'{"a": 1} {"a": 1}', "is not JSON"),
        (b'{"a": "line\nbreak"}', "is not JSON"),
        (b'{"a": NaN}', "NaN is no JSON value"),
        (b"[-Infinity]", "-Infinity is no JSON value"),
        (b'{"a": 1e999}', "a number is too large"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "a number is too large"),
        (b'{"a": 1, "a": 2}', "a name occurs twice"),
        (b'{"b": [{"a": 1, "a": 1}]}', "a name occurs twice"),
        (rb'{"a": "\ud800"}', "half a surrogate pair"),
        (rb'{"\udfff": 1}', "half a surrogate pair"),
        (rb'{"a": "\uDE00\uD83D"}', "half a surrogate pair"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "not UTF-8"),
        ('{"a": "Ü"}'.encode("latin-1"), "not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_broken_body_is_refused_with_its_reason(body, sentence):
    with pytest.raises(Invalid, match=sentence) as refusal:
        read_json(body)
    assert len(refusal.value.detail) < 200


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_body_may_come_from_tautulli(body):
    assert read_json_or_form(body) is None


def test_json_is_read_whatever_its_sender_calls_it():
    assert read_json_or_form(json.dumps(make_tautulli()).encode()) == make_tautulli()
    assert read_json_or_form(b" {} ") == {}
    assert read_json_or_form(b"[]") == []
    assert read_json_or_form(b"null") is None


def test_the_fields_of_a_form_are_read():
    body = b"RatingKey=1234&mediatype=movie&parentratingkey=&title=%C3%9Cnder+water"
    fields = {"RatingKey": "1234", "mediatype": "movie", "parentratingkey": "", "title": "Ünder water"}
    assert read_json_or_form(body) == fields


@pytest.mark.parametrize(
    "body",
    [
        b"RatingKey",
        b"a=%ff",
        b"a=1&a=2",
        b"&".join(b"a%d=1" % index for index in range(MOST_FIELDS + 2)),
        b"{RatingKey: 1}",
        b"\xff\xfe=1",
    ],
)
def test_what_is_neither_is_refused(body):
    with pytest.raises(Invalid):
        read_json_or_form(body)
