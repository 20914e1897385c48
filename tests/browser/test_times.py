"""Times are in the browser's zone with their ISO value, numbers as the language writes them."""

import pytest

from tests.api.test_assets import roots
from tests.browser.every_page import furnish_pages, page_addresses
from tests.browser.visiting import open_signed_in

__all__ = ["roots"]

pytestmark = pytest.mark.slow

ZONE = "Australia/Eucla"  # 8:45 before UTC, as no other
# Times that lack an ISO value in UTC, or that are shown as another time than the one of the zone.
WRONG = """[...document.querySelectorAll('main time')].filter((time) => {
  if (!time.dateTime) return time.checkVisibility();
  const isExact = /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|\\+00:00)$/.test(time.dateTime);
  const clock = (options) => new Intl.DateTimeFormat('%s', { timeZone: 'Australia/Eucla', ...options });
  const styles = ['short', 'medium'].map((timeStyle) => clock({ timeStyle }).format(new Date(time.dateTime)));
  const second = clock({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const shown = [...styles, second.format(new Date(time.dateTime))];
  return !isExact || !time.title || !shown.some((words) => time.textContent.includes(words));
}).map((time) => time.outerHTML)"""
COUNT = "document.querySelectorAll('main time[datetime]').length"
DAILY = {"frequency": "daily", "time": "03:00", "mode": "backup"}


@pytest.fixture
def far(browser):
    browser.send("Emulation.setTimezoneOverride", timezoneId=ZONE)
    yield browser
    browser.send("Emulation.setTimezoneOverride", timezoneId="")


def test_every_time_is_in_the_browsers_zone_with_its_iso_value(far, address, machine, roots, client):
    furnish_pages(machine, roots["assets"])
    assert client.post("/api/scheduler/schedule", json=DAILY).status_code < 300
    assert client.post("/api/auth/keys", json={"name": "Sonarr", "scopes": ["read"]}).status_code < 300
    open_signed_in(far, f"{address}server/runs")
    found = {}
    for page in page_addresses(far, address):
        far.open(page)
        far.wait_for("document.readyState === 'complete'")
        wrong = far.glance(WRONG % "en")
        assert wrong == [], (page, wrong)
        found[page.removeprefix(address)] = far.evaluate(COUNT)
    timed = {page for page, count in found.items() if count}
    assert timed >= {"server/runs", "server/runs/1", "server/schedule", "server/triggers", "server/logs"}


def test_a_schedule_is_shown_in_its_own_zone_and_in_the_browsers(far, address, client):
    assert client.post("/api/scheduler/schedule", json=DAILY).status_code < 300
    assert client.post("/api/scheduler/enable").status_code < 300
    open_signed_in(far, f"{address}server/schedule")
    row = "document.querySelector('#schedules li')?.innerText"
    far.wait_for(f"{row}?.includes('03:00') && /:45\\sAM/.test({row}) && {row}.includes('Europe/Berlin')")
    assert ZONE in far.words()
