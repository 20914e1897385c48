"""Taking back a run, taking over a picture, and having an earlier version back, by the page."""

import json

import pytest
from PIL import Image

from app.core.decisions.versions import asset_file
from app.models import Run, Status
from app.poster.records.reasons import Owner
from tests.browser.visiting import FITS, ROOM_OPEN, sign_in, text_of
from tests.core.decisions.test_picture_states import note
from tests.core.decisions.test_run_changes import make_changes
from tests.core.decisions.test_versions import FILM, write
from tests.driving import eventually, row, rows
from tests.past_runs import BEGAN, make_run
from tests.trees import index

pytestmark = pytest.mark.slow

WIDTHS = (1440, 820, 390)
NAME = "20251125153003000000-1-1"


@pytest.fixture(autouse=True)
def media(overrides, tmp_path):
    (tmp_path / "media").mkdir()
    overrides["MEDIA_PATH"] = tmp_path / "media"


def fits_everywhere(browser):
    for width in WIDTHS:
        browser.size(width, 900)
        assert browser.evaluate(FITS), width
    browser.size(1280, 900)


def end_plan(machine, number):
    """What a dispatcher and the script do."""
    steps = [
        {"path": "b/poster.jpg", "action": "restore", "why": "an earlier run is undone"},
        {"path": FILM, "action": "skip", "why": "changed since then: left alone"},
    ]
    (machine.paths.engine / "plans").mkdir(parents=True)
    ending = {"totals": {"restore": 1, "skip": 1}, "reasons": {}}
    lines = [json.dumps(line) for line in (*steps, ending)]
    (machine.paths.engine / "plans" / f"{number}-1.jsonl").write_text("".join(f"{line}\n" for line in lines))
    with machine.database.writing() as session:
        run = session.get(Run, number)
        run.status, run.ended_at = Status.COMPLETED, run.queued_at


def test_a_run_is_taken_back_after_the_page_has_shown_what_that_would_do(browser, address, machine):
    with machine.database.writing() as session:
        session.add(make_run(mode="normal", total_images=2))
    make_changes(machine.paths.engine, NAME, FILM, "b/poster.jpg", started=BEGAN)
    sign_in(browser, address)
    browser.wait_for("document.querySelector('[data-key=undo-1]') !== null")
    browser.evaluate("document.querySelector('[data-key=undo-1]').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('undo').open")
    plan = eventually(lambda: next((run for run in rows(machine) if run.mode == "plan"), None))
    assert plan.arguments == ["-Undo", "1"]
    assert browser.evaluate("document.getElementById('undo-do').disabled")
    browser.evaluate("{ const now = Date.now; Date.now = () => now() + 130000; }")
    browser.wait_for("document.getElementById('undo-totals').innerText.includes('goes on as run 2')")
    end_plan(machine, plan.id)
    browser.wait_for("!document.getElementById('undo-do').disabled")
    assert text_of(browser, "#undo-totals") == "1 picture put back, 1 picture left alone"
    assert text_of(browser, "#undo-steps").count("\n") == 1
    fits_everywhere(browser)
    browser.evaluate("document.getElementById('undo-do').focus()")
    browser.press("Enter")
    undo = eventually(lambda: next((run for run in rows(machine) if run.mode == "undo"), None))
    assert (undo.arguments, undo.undoes) == (["1"], 1)
    browser.wait_for("document.getElementById('history').innerText.includes('takes back run 1')")


def test_a_run_that_changed_nothing_or_is_taken_back_has_no_button(browser, address, machine):
    uploads_only = make_run(mode="arr")
    with machine.database.writing() as session:
        for run in (make_run(total_images=9), make_run(mode="normal"), make_run(mode="normal"), uploads_only):
            session.add(run)
            session.flush()
        session.add(make_run(mode="undo", arguments=["3"], undoes=3))
    for number in (3, 4, 5):
        make_changes(machine.paths.engine, f"{NAME[:-4]}-{number}-1", FILM, started=BEGAN)
    sign_in(browser, address)
    browser.wait_for("document.getElementById('history').innerText.includes('taken back by run 5')")
    browser.wait_for("document.querySelector('[data-key=undo-5]') !== null")
    buttons = "[...document.querySelectorAll('[data-key^=undo-]')].map((button) => button.dataset.key)"
    assert browser.evaluate(buttons) == ["undo-5", "undo-4"]


def test_a_picture_by_hand_is_taken_over_and_an_earlier_version_restored(browser, address, machine, tmp_path):
    folder = tmp_path / "assets"
    values = json.loads(machine.paths.config.read_text())
    machine.paths.config.write_text(json.dumps(values | {"PrerequisitePart": {"AssetPath": str(folder)}}))
    asset = asset_file(machine.paths.engine, folder, FILM)
    for number, colour in enumerate(("orange", "blue"), start=1):
        Image.new("RGB", (40, 60), colour).save(tmp_path / "picture.jpg")
        write(asset, (tmp_path / "picture.jpg").read_bytes(), number)
    note(machine.paths.engine, FILM, Owner.HAND)
    index(machine)
    sign_in(browser, address)
    browser.wait_for("document.querySelector('#shelf-tall button').image !== undefined")
    browser.click("#shelf-tall button")
    browser.wait_for("document.querySelector('[data-key=take]') !== null")
    assert "It is by a person" in text_of(browser, "#viewer-why")
    browser.evaluate("document.querySelector('.versions').open = true")
    browser.wait_for("document.querySelector('.versions img').naturalWidth === 40")
    fits_everywhere(browser)
    browser.click("[data-key=take]")
    taken = eventually(lambda: rows(machine) and rows(machine)[0])
    assert (taken.mode, taken.arguments) == ("normal", ["-Take", json.dumps([FILM])])
    browser.click(".versions button")
    eventually(lambda: len(rows(machine)) == 2)
    assert row(machine, 2).arguments[1:] == ["-Only", json.dumps([FILM])]
    assert browser.evaluate(ROOM_OPEN)
