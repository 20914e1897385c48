import pytest

from app.core.errors import Invalid
from app.core.senders import ConnectionTest, Ignored, read_arr
from tests.payloads import (
    LIDARR,
    RADARR_EVENTS,
    READARR,
    SONARR_EVENTS,
    make_radarr,
    make_radarr_event,
    make_radarr_test,
    make_sonarr,
    make_sonarr_event,
    make_sonarr_test,
)


@pytest.mark.parametrize("name", SONARR_EVENTS)
def test_every_other_event_of_sonarr_is_ignored_by_name(name):
    assert read_arr(make_sonarr_event(name)) == Ignored(f"Ignored event type: {name}")


@pytest.mark.parametrize("name", RADARR_EVENTS)
def test_every_other_event_of_radarr_is_ignored_by_name(name):
    assert read_arr(make_radarr_event(name)) == Ignored(f"Ignored event type: {name}")


@pytest.mark.parametrize("name", ["ManualInteractionRequired", "Rename", "Grab"])
def test_an_event_that_lacks_its_item_is_ignored_too(name):
    assert read_arr({"eventType": name, "episodes": []}) == Ignored(f"Ignored event type: {name}")


def test_events_that_nobody_knows_yet_are_ignored():
    assert read_arr({"eventType": "Premiere"}) == Ignored("Ignored event type: Premiere")
    assert read_arr({}) == Ignored("Ignored event type: Unknown")
    assert read_arr({"eventType": ""}) == Ignored("Ignored event type: Unknown")


def test_the_test_of_each_sender_is_a_test():
    assert read_arr(make_sonarr_test()) == ConnectionTest("Sonarr")
    assert read_arr(make_radarr_test()) == ConnectionTest("Radarr")
    assert read_arr({"eventType": "Test"}) == ConnectionTest("")


def test_the_nightlies_of_one_week_in_2020_are_understood():
    assert read_arr(make_sonarr("3.0.10", eventType="download"))[0].name == "Download"
    assert read_arr(make_radarr("3.0.0", eventType="download"))[0].sender == "Radarr"
    assert read_arr({"eventType": "test"}) == ConnectionTest("")
    assert read_arr({"eventType": "movieFileDelete"}) == Ignored("Ignored event type: MovieFileDelete")


@pytest.mark.parametrize(("payload", "relative"), [(LIDARR, "Lidarr"), (READARR, "Readarr")])
def test_the_objects_of_relatives_are_ignored_by_name(payload, relative):
    assert read_arr(payload) == Ignored(f"Ignored event type: Download of {relative}")
    assert read_arr(payload | {"eventType": "Test"}) == Ignored(f"Ignored event type: Test of {relative}")


@pytest.mark.parametrize("payload", [make_sonarr(), make_radarr()])
def test_whisparr_is_known_by_what_it_calls_itself(payload):
    expected = Ignored("Ignored event type: Download of Whisparr")
    assert read_arr(payload, agent="Whisparr/2.0.0.548 (alpine 3.18)") == expected
    assert read_arr(payload | {"instanceName": "Whisparr"}) == expected


def test_a_name_given_by_the_user_does_not_matter():
    assert read_arr(make_sonarr(instanceName="Series in 4K"), agent="Sonarr/4.0.19.2979 (alpine 3.22.1)")[
        0
    ].sender


@pytest.mark.parametrize("payload", [None, [], [make_sonarr()], "Download", 5, True, 1.5])
def test_whatever_is_no_object_is_refused(payload):
    with pytest.raises(Invalid, match="must be a JSON object"):
        read_arr(payload)


@pytest.mark.parametrize("item", [{}, {"series": {}}, {"movie": None}, {"movie": {}, "series": None}])
def test_a_download_of_nothing_is_refused(item):
    with pytest.raises(Invalid, match="a series or a movie"):
        read_arr({"eventType": "Download", **item})


@pytest.mark.parametrize("name", [5, ["Download"], {"a": 1}, False])
def test_an_event_type_that_is_no_text_is_refused(name):
    with pytest.raises(Invalid, match="eventType"):
        read_arr(make_sonarr() | {"eventType": name})


def test_a_hostile_event_type_stays_one_short_line():
    reading = read_arr({"eventType": "x\r\n[arr_a]: b" + "y" * 5000})
    assert "\n" not in reading.message and len(reading.message) < 100
