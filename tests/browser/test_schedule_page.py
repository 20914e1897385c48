"""The page of the schedule, as a person uses it."""

import json

import pytest

from tests.browser.visiting import FITS, sign_in_to, text_of

pytestmark = pytest.mark.slow

FOCUSED = "document.activeElement.id"


def stored(machine):
    return json.loads(machine.paths.scheduler.read_text())["schedules"]


def press_on(browser, name):
    """Enter on a button that has the focus, as a person does who has no mouse."""
    browser.wait_for(f"document.getElementById({name!r})?.disabled === false")
    browser.evaluate(f"document.getElementById({name!r}).focus()")
    browser.press("Enter")


def set_field(browser, name, value):
    field = f"document.getElementById('entry-form').elements.{name}"
    browser.evaluate(
        f"{field}.value = {value!r}; {field}.dispatchEvent(new Event('input', {{bubbles: true}}))"
    )


def type_key(browser, key):
    browser.evaluate(f"document.dispatchEvent(new KeyboardEvent('keydown', {{key: {key!r}, bubbles: true}}))")


def test_a_schedule_is_added_changed_switched_removed_and_brought_back_by_keyboard(browser, address, machine):
    sign_in_to(browser, address, "server/schedule")
    browser.wait_for("!document.getElementById('add').disabled")
    type_key(browser, "a")
    browser.wait_for("document.getElementById('entry').open")
    set_field(browser, "frequency", "monthly")
    set_field(browser, "day", "31")
    assert "uses its last day" in text_of(browser, "#entry-form")
    set_field(browser, "mode", "testing")
    assert "Draws sample pictures" in text_of(browser, "#entry-form")
    press_on(browser, "entry-save")
    browser.wait_for("document.querySelector('#entry-0 h2')?.innerText.includes('day: last day')")
    press_on(browser, "change-0")
    set_field(browser, "frequency", "weekly")
    browser.evaluate("document.querySelector('[name=day_of_week][value=mon]').click()")
    press_on(browser, "entry-save")
    browser.wait_for("document.getElementById('entry-problem').innerText === 'Choose at least one day.'")
    browser.evaluate("document.querySelector('[name=day_of_week][value=sun]').click()")
    press_on(browser, "entry-save")
    browser.wait_for("document.querySelector('#entry-0 h2').innerText === 'Sunday at 03:00'")
    press_on(browser, "turn-0")
    browser.wait_for("document.querySelector('#entry-0').className === 'off'")
    assert browser.evaluate(FOCUSED) == "turn-0"
    press_on(browser, "all")
    browser.wait_for("document.getElementById('all').getAttribute('aria-checked') === 'true'")
    kept = stored(machine)
    press_on(browser, "remove-0")
    browser.wait_for("!!document.querySelector('#schedules .empty')")
    assert stored(machine) == []
    press_on(browser, "notice-action")
    browser.wait_for("!!document.getElementById('entry-0')")
    assert stored(machine) == kept


def test_times_are_said_in_both_zones_and_the_page_fits(browser, address, machine):
    raw = {"time": "03:00", "description": "x" * 200, "mode": "testing"}
    content = {"enabled": True, "schedules": [raw, {**raw, "mode": "backup"}], "timezone": "Europe/Berlin"}
    machine.paths.scheduler.write_text(json.dumps(content))
    browser.send("Emulation.setTimezoneOverride", timezoneId="America/New_York")
    try:
        sign_in_to(browser, address, "server/schedule")
        browser.wait_for("document.querySelector('[data-browser]').innerText.includes('New_York')")
        words = text_of(browser, "#entry-0")
        assert "03:00" in words and "(Europe/Berlin)" in words and "For you:" in words
        assert "They run one after the other." in words
    finally:
        browser.send("Emulation.setTimezoneOverride", timezoneId="")
    for width in (1440, 820, 390):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
    browser.click("#add")
    assert browser.evaluate("document.getElementById('entry').getBoundingClientRect().right <= innerWidth")
    assert browser.evaluate("document.getElementById('entry').getBoundingClientRect().bottom <= innerHeight")


def test_what_was_typed_is_asked_about_before_back_leads_away_from_it(browser, address, machine):
    leaving, left = "document.getElementById('leaving').open", "location.pathname === '/server/runs'"
    sign_in_to(browser, address, "server/runs")
    browser.open(f"{address}server/schedule")
    press_on(browser, "add")
    browser.wait_for("document.getElementById('entry').open")
    browser.type("[name=description]", "at night")
    browser.evaluate("history.back()")
    browser.wait_for(leaving)
    browser.press("Escape")
    browser.wait_for(f"!{leaving} && document.getElementById('entry').open")
    assert browser.evaluate("document.querySelector('[name=description]').value") == "at night"
    press_on(browser, "entry-save")
    browser.wait_for("!!document.getElementById('entry-0')")
    assert stored(machine)[0]["description"] == "at night"
    # What is saved or given up is left without a question, the rules beside them with one.
    press_on(browser, "change-0")
    browser.type("[name=description]", "!")
    press_on(browser, "entry-cancel")
    browser.evaluate("document.querySelector('.rules').open = true")
    browser.type("[name=grace_minutes]", "7")
    browser.evaluate("history.back()")
    browser.wait_for(leaving)
    browser.press("Escape")
    browser.wait_for(f"!{leaving}")
    browser.evaluate("document.getElementById('notice-text').textContent = ''")
    press_on(browser, "rules-save")
    browser.wait_for("document.getElementById('notice-text').textContent === 'Saved.'")
    browser.evaluate("history.back()")
    browser.wait_for(left)
