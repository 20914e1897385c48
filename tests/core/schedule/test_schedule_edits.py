"""The edits of clients: what they change, what they leave, and what they refuse."""

from copy import deepcopy

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.schedule.schedule_edits import (
    add_entry,
    apply_config_changes,
    index_from,
    remove_entry,
    remove_time,
    replace_entry,
)
from app.core.schedule.schedules import MOST_ENTRIES
from tests.core.schedule.test_schedules import make_values


def times(values):
    return [entry.get("time") for entry in values["schedules"]]


def test_an_added_entry_has_a_straight_time_and_its_description():
    values = make_values()
    assert add_entry(values, {"time": "4:44", "description": "x"}) == {"time": "04:44", "description": "x"}
    assert values["schedules"] == [{"time": "04:44", "description": "x"}]


def test_an_entry_that_exists_is_not_added_again():
    values = make_values("04:44")
    with pytest.raises(Invalid, match="already"):
        add_entry(values, {"time": "4:44", "mode": "Normal"})
    assert times(values) == ["04:44"]


def test_the_same_time_on_another_day_is_another_entry():
    values = make_values()
    add_entry(values, {"time": "04:44", "frequency": "weekly", "day_of_week": "mon"})
    add_entry(values, {"time": "04:44", "frequency": "weekly", "day_of_week": "tue"})
    assert times(values) == ["04:44", "04:44"]


def test_a_file_that_repeats_an_entry_can_still_be_edited():
    values = make_values("04:44", "4:44", "25:00")
    add_entry(values, {"time": "19:30"})
    remove_entry(values, 0, ())
    assert times(values) == ["4:44", "25:00", "19:30"]


def test_there_is_a_limit_to_the_number_of_entries():
    values = make_values(*[f"{n // 60:02}:{n % 60:02}" for n in range(MOST_ENTRIES)])
    with pytest.raises(Invalid, match="200"):
        add_entry(values, {"time": "23:59"})


def test_every_entry_with_a_time_is_removed_at_once():
    values = make_values("4:44", {"time": "04:44", "mode": "backup"}, "19:30", 5)
    assert remove_time(values, "04:44", ()) == 2
    assert values["schedules"] == [{"time": "19:30"}, 5]


def test_an_entry_whose_time_is_nonsense_is_removed_by_that_nonsense():
    values = make_values("noon", "19:30")
    assert remove_time(values, "noon", ()) == 1


def test_a_time_that_nobody_has_is_not_found():
    with pytest.raises(NotFound):
        remove_time(make_values("19:30"), "04:44", ())


def test_a_time_of_the_setting_is_not_removed():
    with pytest.raises(Conflict, match="RUN_TIME"):
        remove_time(make_values("19:30"), "3:00", ("03:00",))


def test_a_time_that_both_have_is_removed_from_the_file():
    assert remove_time(make_values("03:00"), "03:00", ("03:00",)) == 1


def test_a_replaced_entry_keeps_what_is_not_named():
    values = make_values({"time": "19:30", "description": "x", "own": 1}, "20:00")
    replace_entry(values, 0, {"time": "5:00", "frequency": "weekly"}, ())
    assert values["schedules"][0] == {"time": "05:00", "description": "x", "own": 1, "frequency": "weekly"}
    assert times(values) == ["05:00", "20:00"]


def test_an_entry_that_was_no_object_is_replaced_whole():
    values = make_values(5)
    replace_entry(values, 0, {"time": "05:00"}, ())
    assert values["schedules"] == [{"time": "05:00"}]


def test_an_entry_is_not_replaced_by_the_likeness_of_another():
    with pytest.raises(Invalid, match="already"):
        replace_entry(make_values("19:30", "20:00"), 0, {"time": "20:00"}, ())


@pytest.mark.parametrize(("index", "kind"), [(1, Conflict), (2, NotFound)])
def test_an_index_beyond_the_file_is_the_settings_or_nobodys(index, kind):
    with pytest.raises(kind):
        remove_entry(make_values("19:30"), index, ("03:00",))


@pytest.mark.parametrize("text", ["-1", "x", "1.0", "²", "", "1" * 9])
def test_what_is_no_index_is_not_found(text):
    with pytest.raises(NotFound):
        index_from(text)


def test_a_change_touches_what_it_names():
    values = make_values("19:30", own=1)
    apply_config_changes(values, {"timezone": "Asia/Kathmandu"})
    assert values == make_values("19:30", own=1, timezone="Asia/Kathmandu")


def test_a_change_may_name_everything():
    values = make_values()
    changes = {
        "enabled": False,
        "skip_if_running": False,
        "timezone": "UTC",
        "missed": "skip",
        "grace_minutes": 30,
        "schedules": [{"time": "4:44"}],
    }
    apply_config_changes(values, changes)
    assert values == make_values() | changes | {"schedules": [{"time": "04:44"}]}


def test_times_of_the_setting_that_a_client_sends_back_do_not_become_entries():
    values = make_values()
    apply_config_changes(values, {"schedules": [{"time": "19:30"}, {"time": "03:00", "source": "RUN_TIME"}]})
    assert times(values) == ["19:30"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"schedules": [{"time": "19:30"}, {"time": "25:00"}]}, r"^schedules\[1\]: time: '25:00' is not"),
        ({"schedules": [{"time": "19:30"}, {"time": "19:30"}]}, "already"),
        ({"timezone": "Mars/Base"}, "^timezone: 'Mars/Base' is not"),
        ({"missed": "always"}, "^missed: "),
        ({"grace_minutes": 10_081}, "^grace_minutes: "),
    ],
)
def test_a_change_that_cannot_be_used_names_the_entry_and_the_field(changes, message):
    values = make_values("01:00")
    before = deepcopy(values)
    with pytest.raises(Invalid, match=message):
        apply_config_changes(values, changes)
    assert values["schedules"] == before["schedules"]
