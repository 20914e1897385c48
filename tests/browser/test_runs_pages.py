"""The pages of the runs, as a person uses them."""

import pytest

from app.models import Run, Status
from tests.browser.undo_plans import NAME, end_plan
from tests.browser.visiting import DOOR_OPEN, FITS, text_of
from tests.conftest import KEY
from tests.core.decisions.test_run_changes import make_changes
from tests.driving import eventually, rows, script
from tests.live_server import KEY as LIVE_KEY
from tests.live_server import RunningServer
from tests.past_runs import BEGAN, make_run
from tests.ui.test_run_page import make_step, write_plan

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

OLD = "document.querySelectorAll('.old').length > 0 && !document.getElementById('lost').hidden"


def open_runs(browser, address, key=KEY, path="server/runs"):
    browser.open(f"{address}{path}")
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", key)
    browser.press("Enter")
    browser.wait_for("document.readyState === 'complete' && location.pathname.includes('/server/runs')")


def test_a_run_is_started_followed_and_stopped_and_the_end_of_the_server_is_said(browser, tmp_path):
    settings = {"POSTER_SCRIPT": script("obedient"), "FAKE_SECONDS": 120, "FAKE_STEPS": 600}
    with RunningServer(tmp_path / "data", **settings) as server:
        open_runs(browser, f"{server.address}/", LIVE_KEY)
        browser.wait_for("!document.querySelector('[data-start=testing] button').disabled")
        browser.click("[data-start=testing] [value=start]")
        browser.wait_for("location.pathname.endsWith('/server/runs/1')")
        browser.wait_for("document.querySelector('.moving progress')?.max > 1", patience=30)
        browser.evaluate("window.isSame = true")
        before = browser.evaluate("document.querySelector('.moving progress').value")
        browser.wait_for(f"document.querySelector('.moving progress').value > {before}", patience=30)
        browser.click("[data-stop]")
        browser.wait_for("document.getElementById('stopping').open")
        assert browser.evaluate("document.activeElement.value") == ""  # Enter lets it run
        browser.click("#stopping [value=stop]")
        browser.wait_for("document.getElementById('said').innerText.includes('Stopped by')", patience=30)
        assert browser.evaluate("window.isSame") and not browser.evaluate(
            "!!document.querySelector('.moving')"
        )
    browser.wait_for(OLD)
    browser.events.clear()  # that the server was away is a complaint of the browser


def test_a_run_is_taken_back_after_a_look_at_the_plan(browser, address, machine):
    with machine.database.writing() as session:
        session.add(make_run(mode="normal", total_images=2))
    make_changes(machine.paths.engine, NAME, "a/poster.jpg", "b/poster.jpg", started=BEGAN)
    open_runs(browser, address, path="server/runs/1")
    browser.wait_for("document.getElementById('plan-undo')?.disabled === false")
    browser.evaluate("document.getElementById('plan-undo').focus()")
    browser.press("Enter")
    plan = eventually(lambda: next((run for run in rows(machine) if run.mode == "plan"), None))
    assert plan.arguments == ["-Undo", "1"]
    end_plan(machine, plan.id)
    browser.open(f"{address}server/runs/{plan.id}")
    assert "changed since then" in text_of(browser, "#plan").lower()
    browser.evaluate("window.step = document.querySelector('.steps > li')")
    for width in (1440, 820, 390):
        browser.size(width, 900)
        assert browser.evaluate(FITS), width
    browser.wait_for("!document.getElementById('do-undo').disabled")
    assert browser.evaluate("window.step.isConnected")  # what has not changed is not drawn anew
    browser.click("#do-undo")
    browser.wait_for("document.getElementById('confirming').open")
    browser.click("#confirming-go")
    undo = eventually(lambda: next((run for run in rows(machine) if run.mode == "undo"), None))
    assert (undo.arguments, undo.undoes) == (["1"], 1)
    browser.wait_for(f"location.pathname.endsWith('/runs/{undo.id}')")


def test_the_filter_stands_in_the_address_and_back_returns_to_it(browser, address, machine):
    with machine.database.writing() as session:
        session.add_all(make_run(mode="backup", status=Status.FAILED) for _ in range(2))
        session.add(Run(**{name: getattr(make_run(), name) for name in ("mode", "origin", "status")}))
    open_runs(browser, address)
    browser.evaluate("document.querySelector('[name=outcome]').value = 'failed'")
    browser.click(".filters button")
    browser.wait_for("location.search.includes('outcome=failed') && document.readyState === 'complete'")
    assert browser.evaluate("document.querySelectorAll('tr[id]').length") == 2
    browser.click("tbody th a")
    browser.wait_for("/runs\\/\\d+$/.test(location.pathname)")
    browser.evaluate("history.back()")
    browser.wait_for("document.querySelector('[name=outcome]')?.value === 'failed'")
    for width in (1440, 820, 390):
        browser.size(width, 900)
        assert browser.evaluate(FITS), width


def test_a_plan_is_begun_without_what_was_unticked_and_a_failed_picture_is_tried_again(
    browser, address, machine, tmp_path
):
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')
    steps = [make_step(f"{number:02}/poster.jpg") for number in range(26)]
    write_plan(machine, 1, steps, {"totals": {"create": 26}, "reasons": {"new": 26}})
    failed = [make_step("a.jpg", reason="failed", why="full"), make_step("b.jpg", reason="nothing_found")]
    write_plan(machine, 2, failed, {"totals": {}, "reasons": {"failed": 1, "nothing_found": 1}})
    with machine.database.writing() as session:
        session.add_all((make_run(mode="plan"), make_run(mode="normal")))
    open_runs(browser, address, path="server/runs/1")
    browser.wait_for("document.querySelector('[data-step=\"03/poster.jpg\"]')?.disabled === false")
    browser.evaluate("document.querySelector('[data-step=\"03/poster.jpg\"]').click()")
    browser.open(f"{address}server/runs/1?page=2")
    browser.wait_for("document.querySelector('[data-step=\"25/poster.jpg\"]')?.disabled === false")
    browser.evaluate("document.querySelector('[data-step=\"25/poster.jpg\"]').click()")
    browser.wait_for("document.getElementById('left-out').innerText.includes('Left out: 2.')")
    for width in (1440, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    browser.evaluate("document.getElementById('do-plan').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('confirming').open")
    assert text_of(browser, "#confirming-title").endswith("Left out: 2.")
    browser.click("#confirming-go")
    run = eventually(lambda: next((run for run in rows(machine) if run.id == 3), None))
    assert run.arguments == ["-Except", '["03/poster.jpg", "25/poster.jpg"]']
    browser.wait_for("location.pathname.endsWith('/runs/3')")
    browser.open(f"{address}server/runs/2")
    browser.wait_for("document.getElementById('retry-2')?.disabled === false")
    assert browser.evaluate(FITS)
    browser.evaluate("document.getElementById('retry-2').focus()")
    browser.press("Enter")
    run = eventually(lambda: next((run for run in rows(machine) if run.id == 4), None))
    assert (run.mode, run.arguments) == ("normal", ["-Only", '["b.jpg"]'])
    browser.wait_for("location.pathname.endsWith('/runs/4')")
