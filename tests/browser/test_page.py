"""What a person sees and does: the page in a real browser, before the real application."""

import time

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

from tests.browser.visiting import DOOR_OPEN, FITS, SEEN_IMAGES, make_sample, sign_in, text_of
from tests.driving import script

pytestmark = pytest.mark.slow

RING = 5  # pixels that the ring around the focus takes on each side


def test_samples_are_shown_in_groups_though_images_carry_no_credentials(browser, address, machine):
    for name in ("posterLongText.jpg", "posterShortText.jpg", "SeasonPosterShortTextCAPS.jpg"):
        make_sample(machine, name)
    make_sample(machine, "TitleCardMediumText.jpg", (160, 90))
    make_sample(machine, "testimage.png")
    sign_in(browser, address)
    browser.wait_for(f"{SEEN_IMAGES} === 4")
    titles = browser.evaluate("[...document.querySelectorAll('#samples h3')].map((title) => title.innerText)")
    assert titles == ["One of each kind3", "Movie posters1"]
    captions = browser.evaluate(
        "[...document.querySelectorAll('#samples button')].map((tile) => tile.innerText)"
    )
    assert captions == ["Movie posters", "Seasons", "Title cards", "Long"]


def test_a_sample_opens_larger_and_the_keyboard_moves_on_and_closes(browser, address, machine):
    make_sample(machine, "posterShortText.jpg")
    make_sample(machine, "posterLongText.jpg")
    sign_in(browser, address)
    browser.wait_for(f"{SEEN_IMAGES} === 2")
    browser.evaluate("document.querySelector('#samples button').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('viewer').open")
    browser.wait_for("document.getElementById('viewer-image').naturalWidth === 40")
    assert text_of(browser, "#viewer-name") == "posterShortText.jpg"
    browser.press("ArrowRight")
    browser.wait_for("document.getElementById('viewer-name').innerText === 'posterLongText.jpg'")
    browser.press("Escape")
    browser.wait_for("!document.getElementById('viewer').open")
    assert browser.evaluate("document.activeElement.dataset.key") == "posterShortText.jpg"


def test_a_hostile_file_name_is_shown_as_text(browser, address, machine):
    name = "<img src=x onerror=alert(1)>&amp; 100%#?.jpg"
    make_sample(machine, name)
    sign_in(browser, address)
    browser.wait_for(f"{SEEN_IMAGES} === 1")
    assert text_of(browser, "#samples button span") == name.removesuffix(".jpg")
    assert browser.evaluate("document.querySelectorAll('[onerror]').length") == 0


def test_the_log_is_shown_and_followed_as_it_grows(browser, address, machine):
    log = machine.paths.logs / "Scriptlog.log"
    log.write_text("[2025-11-25 16:34:18] [INFO]    |L.33500| Finished <b>well</b>\nhalf a li")
    sign_in(browser, address)
    browser.click("#logs summary")
    browser.wait_for("document.querySelectorAll('#log li').length === 2")
    assert text_of(browser, "#log li").split() == ["16:34:18", "Finished", "<b>well</b>"]
    with log.open("a") as file:
        file.write("ne, now whole\n[2025-11-25 16:34:19] [ERROR]   |L.1    | Broken\n")
    browser.wait_for("document.querySelectorAll('#log li').length === 3")
    assert text_of(browser, "#log li:nth-child(2)") == "half a line, now whole"
    assert browser.evaluate("document.querySelector('#log li:nth-child(3)').className") == "error"
    log.rename(log.with_name("old"))
    log.write_text("a new log\n")
    browser.wait_for("document.getElementById('log').innerText === 'a new log'")


def test_a_server_that_stops_and_comes_back_is_told(browser, address):
    sign_in(browser, address)
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'")
    browser.send(
        "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0
    )
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('notice-text').innerText.includes('cannot be reached')")
    browser.send(
        "Network.emulateNetworkConditions",
        offline=False,
        latency=0,
        downloadThroughput=-1,
        uploadThroughput=-1,
    )
    browser.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'")


def test_a_server_that_comes_back_is_found_soon_and_nothing_old_is_complained_of(browser, address, machine):
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    sign_in(browser, address)
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'")
    browser.send("Network.emulateNetworkConditions", **offline)
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('notice-text').innerText.includes('cannot be reached')")
    browser.wait_for("document.getElementById('status-title').innerText === 'No answer'")
    time.sleep(7)
    make_sample(machine)
    online = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.send("Network.emulateNetworkConditions", **(offline | online))
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'", patience=11)
    assert text_of(browser, "#notice-text") == ""
    browser.wait_for(f"{SEEN_IMAGES} === 1", patience=5)


def test_a_sample_that_has_the_focus_is_ringed_on_all_sides_in_a_narrow_window(browser, address, machine):
    make_sample(machine)
    browser.size(390, 844)
    sign_in(browser, address)
    browser.evaluate("document.getElementById('sample-card').scrollIntoView()")
    browser.wait_for(f"{SEEN_IMAGES} === 1")
    room = browser.evaluate("""(() => {
      const tile = document.querySelector("#samples button").getBoundingClientRect();
      const row = document.querySelector("#samples .tiles").getBoundingClientRect();
      return [tile.left - row.left, tile.top - row.top, row.bottom - tile.bottom];
    })()""")
    assert min(room) >= RING


def test_the_box_in_the_samples_is_explained_where_there_are_samples(browser, address, machine):
    sign_in(browser, address)
    browser.wait_for("document.getElementById('samples').innerText.includes('No samples yet')")
    assert browser.evaluate("document.getElementById('samples-hint').hidden")
    make_sample(machine)
    browser.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    browser.wait_for("!document.getElementById('samples-hint').hidden")


def test_a_run_is_shown_with_its_phase_and_as_much_progress_as_is_known(browser, address, machine):
    run = {"id": 7, "mode": "testing", "origin": "api", "started_at": "2025-11-25T16:34:18+00:00"}
    told = {"phase": "Drawing backgrounds", "done": 9, "total": 36, "percent": 25.0, "seconds_left": 42}
    machine.state.publish(run=run | told)
    sign_in(browser, address)
    browser.wait_for("document.getElementById('status-title').innerText === 'Sample posters'")
    assert "Drawing backgrounds" in text_of(browser, "#status-detail")
    assert text_of(browser, "#progress-text") == "9 of 36 · 25 % · about 40 s left"
    assert browser.evaluate("document.getElementById('bar').value") == 0.25
    assert browser.evaluate("!document.getElementById('stop').hidden")
    machine.state.publish(run=run | {"phase": "Looking around", "done": 3})
    browser.wait_for("document.getElementById('progress-text').innerText === '3 so far'")
    assert browser.evaluate("document.getElementById('bar').position") == -1
    machine.state.publish(run=None)
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'")
    assert browser.evaluate("document.getElementById('stop').hidden")
    assert browser.evaluate("getComputedStyle(document.getElementById('progress')).visibility") == "hidden"


def test_the_schedule_is_kept_from_the_page(browser, address, client):
    sign_in(browser, address)
    browser.wait_for("document.getElementById('schedule-detail').innerText.startsWith('Off')")
    browser.evaluate("document.getElementById('frequency').value = 'weekly'")
    browser.evaluate(
        "document.getElementById('frequency').dispatchEvent(new Event('change', {bubbles: true}))"
    )
    browser.evaluate("document.getElementById('weekday').value = 'sun'")
    browser.evaluate("document.getElementById('time').value = '04:30'")
    browser.wait_for("document.getElementById('schedule-mode').value === 'testing'")
    browser.click("#schedule-form button")
    browser.wait_for("document.getElementById('times').innerText.includes('every Sunday')")
    browser.click("#schedule-on")
    browser.wait_for("document.getElementById('schedule-detail').innerText.startsWith('On')")
    told = client.get("/api/scheduler/status").json
    assert told["enabled"]
    assert [(entry["time"], entry["day_of_week"]) for entry in told["schedules"]] == [("04:30", "sun")]
    browser.click("#times button")
    browser.wait_for("document.querySelectorAll('#times li').length === 0")
    assert client.get("/api/scheduler/status").json["schedules"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (768, 1024), (390, 844), (320, 568)])
def test_no_window_is_too_narrow_for_the_page(browser, address, machine, width, height, scheme):
    for name in (
        "posterShortText.jpg",
        "posterMediumText.jpg",
        "a-very-long-name-without-any-break" * 4 + ".jpg",
    ):
        make_sample(machine, name)
    (machine.paths.logs / "Scriptlog.log").write_text("word" * 200 + "\n")
    browser.size(width, height)
    browser.prefer(scheme)
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    assert browser.evaluate(FITS)
    sign_in(browser, address)
    browser.wait_for("document.querySelector('#samples button') !== null")
    browser.evaluate("document.getElementById('samples').scrollIntoView()")
    browser.wait_for(f"{SEEN_IMAGES} > 0")
    assert browser.evaluate(FITS)
    luminous = browser.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] > 128")
    assert luminous == (scheme == "light")


def test_every_control_has_a_name_for_those_who_do_not_see_it(browser, address, machine):
    make_sample(machine)
    sign_in(browser, address)
    browser.wait_for(f"{SEEN_IMAGES} === 1")
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    controls = (
        "button",
        "textbox",
        "combobox",
        "checkbox",
        "switch",
        "radio",
        "link",
        "progressbar",
        "image",
    )
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if "role" in node
    ]
    seen = [(role, name) for role, name in named if role in controls]
    assert len(seen) >= 10
    assert not [role for role, name in seen if not name.strip()]
    assert ("switch", "Run by the schedule") in seen


@pytest.fixture
def other_script(overrides):
    """A script that may have every mode."""
    overrides["POSTER_SCRIPT"] = script("obedient")


def test_the_page_offers_what_the_script_and_its_source_can_do(browser, address):
    sign_in(browser, address)
    browser.wait_for("!document.querySelector('[data-run=testing]').hidden")
    shown = "[...document.querySelectorAll('[data-run]:not([hidden])')].map((button) => button.dataset.run)"
    assert browser.evaluate(shown) == ["testing"]
    others = "[...document.querySelectorAll('#more button:not([hidden])')].map((button) => button.id)"
    assert browser.evaluate(others) == ["test-messages"]
    assert text_of(browser, "#offer-reason").startswith("No source of films and shows is set: ")
    modes = "[...document.querySelectorAll('#schedule-mode option')].map((option) => option.value)"
    assert browser.evaluate(modes) == ["testing"]


def test_the_menu_of_more_runs_fits_into_a_phone(other_script, browser, address):
    browser.size(390, 844)
    sign_in(browser, address)
    browser.wait_for("!document.getElementById('more').hidden")
    browser.click("#more summary")
    box = "document.querySelector('#more div').getBoundingClientRect()"
    assert 0 <= browser.evaluate(f"{box}.left") < browser.evaluate(f"{box}.right") <= 390
    assert browser.evaluate(FITS)


def test_the_menu_of_more_runs_opens_and_closes_with_the_keyboard(other_script, browser, address):
    sign_in(browser, address)
    browser.wait_for("!document.getElementById('more').hidden")
    browser.evaluate("document.querySelector('#more summary').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('more').open")
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.dataset.run") == "backup"
    browser.press("Escape")
    browser.wait_for("!document.getElementById('more').open")
    assert browser.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_page_works_below_a_base_path(browser, app, serve, machine):
    make_sample(machine)
    address = serve(DispatcherMiddleware(Response("elsewhere", status=404), {"/posterizarr": app}))
    sign_in(browser, f"{address}posterizarr")
    browser.wait_for(f"{SEEN_IMAGES} === 1")
    assert browser.evaluate("location.pathname") == "/posterizarr/"


def test_tall_and_wide_samples_keep_their_place_while_they_load(browser, address, machine):
    make_sample(machine, "posterMediumTextCAPS.jpg", (40, 60))
    make_sample(machine, "TitleCardMediumTextCAPS.jpg", (160, 90))
    sign_in(browser, address)
    browser.wait_for(f"{SEEN_IMAGES} === 2")
    measure = """[...document.querySelectorAll('#samples .mixed img')].map((image) => {
      %s
      return [image.getBoundingClientRect().width, image.getBoundingClientRect().height].map(Math.round);
    })"""
    loaded, empty = (browser.evaluate(measure % before) for before in ("", "image.removeAttribute('src');"))
    assert loaded == empty and loaded[0][0] < loaded[1][0] and loaded[0][1] == loaded[1][1]
