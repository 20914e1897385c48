"""No JSON value breaks a trigger file, an argument or the reader of either."""

import re
import secrets
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.modes import DASHES, command_line
from app.core.senders import Event, read_arr, read_tautulli
from app.core.triggers.consumption import script_arguments
from app.core.triggers.file_format import content, read_trigger, trigger_file_name
from tests.payloads import make_radarr, make_sonarr, make_tautulli

# As Start.ps1 reads a line; the key is greedy.
LINE = re.compile(r"\[(.+)\]: (.+)")
ARR_KEY = re.compile(r"event|arr_[a-z_]+")
HOSTILE = (
    "x\n[arr_evil]: 1",
    "x\r[RatingKey]: 1",
    "a]: b]: c",
    "-Force",
    "\u2014Manual",
    "$(touch /tmp/x)",
    "`id`; & calc | 'x' \"y\"",
    "\u2028[arr_evil]: 1",
    "\x00\x1b[2J",
    "None",
    "arr_",
    "",
)
TEXT = st.sampled_from(HOSTILE) | st.text(max_size=50) | st.text(st.characters(), max_size=20)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)
)


def spoiled(payload):
    """The payload with values of every type anywhere in it."""
    if isinstance(payload, dict):
        fixed = {key: spoiled(value) for key, value in payload.items()}
        return st.fixed_dictionaries(fixed) | VALUE
    if isinstance(payload, list):
        return st.lists(spoiled(payload[0]), max_size=3) if payload else VALUE
    # Mostly of the right type: what has a wrong one is refused before it comes far.
    fitting = TEXT if isinstance(payload, str) else st.integers(-1, 3000)
    return st.just(payload) | fitting | st.just(payload) | VALUE


def with_event(payload):
    parts = {key: spoiled(value) for key, value in payload.items() if key != "eventType"}
    return st.fixed_dictionaries({"eventType": st.just("Download"), **parts})


def texts_only(payload):
    """The payload with hostile texts wherever it has texts, so that most become events."""
    if isinstance(payload, dict):
        fixed = {key: texts_only(value) for key, value in payload.items() if key != "eventType"}
        kept = {"eventType": st.just(payload["eventType"])} if "eventType" in payload else {}
        return st.fixed_dictionaries(fixed | kept)
    if isinstance(payload, list):
        return st.tuples(*map(texts_only, payload)).map(list)
    return TEXT if isinstance(payload, str) else st.just(payload)


def events_of(read, payload):
    try:
        reading = read(payload)
    except Invalid as refusal:
        assert "\n" not in refusal.detail and refusal.detail.encode()
        return ()
    return reading if isinstance(reading, tuple) else ()


def check(event: Event):
    """All that a reader relies on."""
    check_lines(event)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / trigger_file_name(event, datetime.now(), secrets.token_hex(3))
        path.write_bytes(content(event))
        assert read_trigger(path) == event
    check_arguments(event)


def check_lines(event: Event):
    text = content(event).decode()
    lines = text.splitlines()
    assert text.endswith("\n") and len(lines) == len(event.fields) == text.count("\n")
    assert tuple(LINE.fullmatch(line).groups() for line in lines) == event.fields
    keys = [key for key, _ in event.fields]
    assert len(keys) == len(set(keys))
    assert all(ARR_KEY.fullmatch(key) for key in keys) is (event.kind == "arr")
    assert ("arr_" in text) is (event.kind == "arr")
    assert not any(value.startswith(DASHES) for _, value in event.fields)


def check_arguments(event: Event):
    words = script_arguments(event)
    assert words[0::2] == [f"-{key}" for key, _ in event.fields if key != "event"]
    assert not any(word.startswith(DASHES) for word in words[1::2])
    # What the door to processes makes of them is what they were.
    assert command_line("/opt/script.ps1", event.kind, words)[4:] == words
    assert "\0" not in "".join(words)


@given(with_event(make_sonarr()) | with_event(make_radarr()))
def test_no_json_value_breaks_a_file_of_arr(payload):
    for event in events_of(read_arr, payload):
        check(event)


@given(texts_only(make_sonarr()) | texts_only(make_radarr()))
def test_no_text_breaks_a_file_of_arr(payload):
    for event in events_of(read_arr, payload):
        check(event)


@given(spoiled(make_tautulli()))
@example(make_tautulli(RatingKey="1\n[arr_x]: 1"))
def test_no_json_value_breaks_a_file_of_tautulli(payload):
    for event in events_of(read_tautulli, payload):
        check(event)
        assert re.fullmatch(r"(\[\w+\]: ([0-9]+|movie|show|season|episode)\n)+", content(event).decode())


@given(VALUE)
def test_no_json_value_is_more_than_refused(payload):
    assert not events_of(read_arr, payload)
    for event in events_of(read_tautulli, payload):
        check(event)


ZONES = st.sampled_from(
    ["Europe/Berlin", "UTC", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe"]
)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)), ZONES, st.sampled_from(["arr", "tautulli"]))
def test_the_name_tells_a_real_local_time(utc, zone, kind):
    event = read_arr(make_radarr())[0] if kind == "arr" else read_tautulli(make_tautulli())[0]
    local = utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    name = trigger_file_name(event, local, secrets.token_hex(3))
    prefix = "recently_added" if kind == "arr" else "tautulli_trigger"
    digits = re.fullmatch(rf"{prefix}_([0-9]{{17}})_[0-9a-f]{{6}}\.posterizarr", name)[1]
    told = datetime.strptime(digits[:14], "%Y%m%d%H%M%S")  # noqa: DTZ007 - as Start.ps1 reads it
    assert timedelta() <= local.replace(tzinfo=None) - told < timedelta(seconds=1)


def as_bytes(text):
    return text.encode("utf-8", "surrogatepass")


FILE_LINES = st.lists(TEXT | st.sampled_from(["arr_platform", "arr_series_title", "RatingKey"])).map(
    "]: [".join
)
FOREIGN = st.binary(max_size=200) | st.lists(TEXT | FILE_LINES).map("\n[arr_x]: ".join).map(as_bytes)


@given(FOREIGN)
@example(b"[arr_series_title]: -Force\n[arr_evil]: a]: b\n[arr_series_path]: \xff\n")
@example(b"[RatingKey]: 1\n[mediatype]: movie\n[parentratingkey]: $(id)\n")
def test_no_file_of_others_breaks_its_reader(written):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recently_added_1.posterizarr"
        path.write_bytes(written)
        with suppress(Invalid):
            check(read_trigger(path))
