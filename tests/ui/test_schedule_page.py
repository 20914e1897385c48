"""The page of the schedule, as the server renders it."""

import json
import re

import pytest

from app.services import keys


def write(machine, *schedules, **values):
    content = {"enabled": True, "schedules": list(schedules), "timezone": "Europe/Berlin", **values}
    machine.paths.scheduler.write_text(json.dumps(content), encoding="utf-8")


def page_of(client, language="en"):
    answer = client.get("/server/schedule", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"time": "3:00"}, "Every day at 03:00"),
        ({"time": "3:00", "frequency": "weekly", "day_of_week": "thu,mon"}, "Monday, Thursday at 03:00"),
        ({"time": "3:00", "frequency": "weekly", "day_of_week": "*"}, "Every day at 03:00"),
        ({"time": "3:00", "frequency": "monthly", "day": "last"}, "Every month at 03:00, day: last day"),
        ({"time": "3:00", "frequency": "monthly", "day": 2, "month": "1,7"}, "Months 1, 7 at 03:00, day: 2"),
        ({"frequency": "interval", "interval_value": 6}, "Every 6 hours"),
        ({"frequency": "interval", "interval_value": 2, "time": "1:30"}, "Every 2 hours, counted from 01:30"),
    ],
)
def test_a_schedule_stands_there_in_words_with_its_next_time_in_its_zone(client, machine, entry, words):
    write(machine, entry)
    page = page_of(client)
    assert f"<h2>{words}</h2>" in page
    assert page.count('data-zone="Europe/Berlin"') == 2 and "(Europe/Berlin)" in page
    assert 'role="switch" id="turn-0" aria-checked="true"' in page


def test_short_months_and_schedules_that_meet_are_explained(client, machine):
    write(machine, {"time": "3:00"}, {"time": "3:00", "frequency": "monthly", "day": 31, "mode": "backup"})
    page = page_of(client, "de")
    assert page.count("Ein Monat ohne diesen Tag nimmt seinen letzten Tag.") == 2  # the row, and the form
    assert "Zur selben Zeit wie: Täglich um 03:00 · Voller Lauf." in page
    assert page.count("Sie laufen nacheinander.") == 2


def test_what_is_off_fixed_or_damaged_says_so(client, machine):
    write(machine, {"time": "3:00", "enabled": False}, {"time": "<b>"}, "no object")
    page = page_of(client)
    assert "Off: it starts no run." in page and 'id="turn-0" aria-checked="false"' in page
    assert "&#39;&lt;b&gt;&#39; is not a time of day" in page and "An entry must be an object" in page
    assert "No run is due." in page
    write(machine, {"time": "3:00"}, enabled=False)
    page = page_of(client)
    assert "Waits: all schedules are off." in page and 'id="all" aria-checked="false"' in page


@pytest.fixture
def fixed_times(overrides):
    overrides["RUN_TIME"] = "04:44"


def test_times_of_the_setting_have_no_buttons(fixed_times, client, machine):
    write(machine, enabled=False)
    page = page_of(client)
    assert "Every day at 04:44" in page and "changed there only" in page
    assert "data-remove" not in page and 'class="soonest">Next run:' in page


def test_an_empty_schedule_says_what_to_do_and_a_damaged_file_what_is_wrong(client, machine):
    assert "Most people add one full run a day" in page_of(client)
    machine.paths.scheduler.write_text("{")
    assert "scheduler.json is not valid JSON at line 1" in page_of(client)


def test_only_what_can_run_is_offered_and_the_others_are_explained(client, machine):
    page = page_of(client)
    assert '<option value="testing">' in page and '<option value="normal">' not in page
    assert "It cannot run now: No source of films and shows is set" in page
    write(machine, {"time": "3:00"})
    assert page_of(client).count("It cannot run now: No source") == 2


def test_a_schedule_with_hostile_words_is_shown_as_text(client, machine):
    write(machine, {"time": "3:00", "description": "'><script>\"&", "mode": "testing"})
    page = page_of(client)
    assert "&#39;&gt;&lt;script&gt;&#34;&amp;" in page and "'><script>" not in page


def test_addresses_lie_below_the_base_path_and_the_page_needs_the_scope_to_read(client, anonymous, machine):
    page = client.get("/server/schedule", base_url="http://localhost/posters").text
    assert re.search('src="/posters/ui/v-[0-9a-f]{12}/schedule-page.js"', page)
    _, plain = keys.create_key(machine, "Sonarr", ["webhook"])
    assert anonymous.get("/server/schedule", headers={"X-API-Key": plain}).status_code == 403
    assert anonymous.get("/server/schedule").status_code == 303
