"""The page of one run: its plan with pictures, what failed, what changed, its log, and what can be done."""

import json

import pytest

from app.core.decisions.versions import asset_file
from app.models import Status
from app.poster.records.reasons import Reason
from app.ui.catalogue import texts_in
from tests.core.decisions.test_run_changes import make_changes
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, sha, write
from tests.past_runs import BEGAN, make_run
from tests.poster.journal.steps import written
from tests.ui.test_runs_page import add, own_artwork  # noqa: F401

NAME = "20251125153003000000-1-1"


@pytest.fixture
def media(overrides, tmp_path):
    overrides["MEDIA_PATH"] = tmp_path


def make_step(path, **facts):
    values = {"library": "Movies", "title": path.split("/")[-1], "kind": "poster", "action": "create"}
    more = {"reason": "new", "why": "there is no file yet", "owner": "nobody", "provider": "TMDB"}
    return {"path": path, **values, **more, "address": "", "detail": "", **facts}


def write_plan(machine, number, steps, ending=None):
    folder = machine.paths.engine / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [*steps, *([ending] if ending else [])]
    (folder / f"{number}-1.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def test_the_plan_is_paged_filtered_and_escaped(client, machine):
    steps = [make_step(f"Movies/{number:03}/poster.jpg") for number in range(26)]
    steps.append(make_step("Movies/<b>/poster.jpg", action="skip", reason="by_hand", why="left"))
    steps.append(make_step("x", reason="brand_new", why="a later version says so"))
    ending = {"totals": {"create": 27, "skip": 1}, "reasons": {"new": 26, "by_hand": 1, "brand_new": 1}}
    write_plan(machine, 1, steps, ending)
    add(machine, make_run(mode="plan"))
    first = client.get("/server/runs/1").text
    assert first.count('<li class="of-poster">') == 25
    assert 'href="/server/runs/1?page=2#plan"' in first
    second = client.get("/server/runs/1?page=2&number=9&_external=1").text
    assert "a later version says so" in second and "Movies/&lt;b&gt;/poster.jpg" in second
    by_hand = client.get("/server/runs/1?action=skip&reason=by_hand").text
    assert by_hand.count('<li class="of-poster">') == 1
    assert '<option value="by_hand" selected>Artwork by hand: left alone (1)</option>' in by_hand
    assert "No step matches" in client.get("/server/runs/1?action=delete&page=3").text


def test_what_a_step_adds_is_in_the_language_of_the_reader_and_what_others_said_is_marked(client, machine):
    said = ["uploaded, but it could not be read back: Plex sleeps <b>", "not uploaded yet", "brand new"]
    uploads = [{"server": "Plex", "action": "skip", "why": why} for why in said]
    detail = "better candidate: b.jpg of TMDB instead of a.jpg of Server"
    write_plan(machine, 1, [make_step("x", detail=detail, uploads=uploads)])
    add(machine, make_run(mode="plan"))
    page = client.get("/server/runs/1", headers={"Accept-Language": "de"}).text
    assert "besserer Kandidat: b.jpg (TMDB) statt a.jpg (Medienserver)" in page
    assert 'nicht gelesen werden: <span lang="en">Plex sleeps &lt;b&gt;</span>)' in page
    assert "(noch nicht hochgeladen)" in page and '(<span lang="en">brand new</span>)' in page


def test_pictures_before_and_after_are_addressed_below_the_base_path(client, machine):
    asset = asset_file(machine.paths.engine, machine.roots.path("assets"), FILM)
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 1)
    write_plan(machine, 1, [make_step(FILM)])
    add(machine, make_run(mode="normal"))
    page = client.get("/server/runs/1", base_url="http://localhost/posters").text
    quoted = "Movies/Alien%20(1979)/poster.jpg"
    assert f'src="/posters/api/assets/{quoted}/versions/{sha(FIRST)}?width=320"' in page
    thumbnail = page.partition('src="/posters/api/thumbnail?path=')[2].partition('"')[0]
    assert thumbnail.startswith("/poster_assets/Movies/") or thumbnail.startswith("%2Fposter_assets")
    assert "The plan is still being written" in page
    with client.get(f"/api/assets/{quoted}/versions/{sha(FIRST)}") as picture:
        assert picture.status_code == 200


@pytest.mark.usefixtures("media")
def test_what_changed_what_failed_and_the_log_are_listed(client, machine):
    make_changes(machine.paths.engine, NAME, *(f"{place:02}.jpg" for place in range(27)), started=BEGAN)
    make_changes(machine.paths.engine, NAME, "lost.jpg", started=BEGAN, done=False)
    write_plan(machine, 1, [make_step("x")], {"totals": {"skip": 3}, "reasons": {"nothing_found": 3}})
    (machine.paths.logs / "Scriptlog.log").write_text("[x] [ERROR] |L.1| <b>: refused\n[INFO] <done>\n")
    add(machine, make_run(mode="normal", errors=1))
    page = client.get("/server/runs/1").text
    assert '<li class="path">&lt;b&gt;: refused</li>' in page
    assert 'href="/server/runs/1?reason=nothing_found#plan">No usable picture was found: 3</a>' in page
    assert "lost.jpg" in page and "the disk is full" in page and "[INFO] &lt;done&gt;" in page
    assert 'data-plan-undo="1"' in page
    assert 'href="/server/runs/1?changes=2#changed"' in page
    assert "26.jpg" in client.get("/server/runs/1?changes=2").text


@pytest.mark.usefixtures("media")
def test_a_run_that_is_taken_back_has_no_button_and_links_to_the_one_that_did_it(client, machine):
    make_changes(machine.paths.engine, NAME, "a.jpg", started=BEGAN)
    add(machine, make_run(mode="normal"), make_run(mode="undo", undoes=1, arguments=["1"]))
    page = client.get("/server/runs/1").text
    assert "data-plan-undo" not in page and '<a href="/server/runs/2">Taken back by run 2</a>' in page
    assert '<a href="/server/runs/1">Takes back run 1</a>' in client.get("/server/runs/2").text


@pytest.mark.parametrize(
    ("arguments", "status", "button"),
    [
        (["-Undo", "7"], Status.COMPLETED, 'data-undo="7"'),
        ([], Status.COMPLETED, 'data-begin="normal"'),
        (["-Backup"], Status.COMPLETED, 'data-begin="backup"'),
        ([], Status.FAILED, None),
    ],
)
def test_a_plan_that_is_whole_can_be_carried_out(client, machine, arguments, status, button):
    add(machine, make_run(mode="plan", arguments=arguments, status=status))
    page = client.get("/server/runs/1").text
    assert button in page if button else "data-begin" not in page


def test_a_damaged_journal_is_said_and_the_rest_is_shown(client, machine):
    machine.paths.engine.mkdir(parents=True, exist_ok=True)
    (machine.paths.engine / "engine.db").write_bytes(b"no database" * 100)
    write_plan(machine, 1, [make_step(FILM)])
    add(machine, make_run(mode="normal"))
    page = client.get("/server/runs/1")
    assert page.status_code == 200 and "The journal of the poster script cannot be read" in page.text
    assert FILM in page.text


def test_what_failed_is_a_list_with_the_reason_and_buttons_to_try_again(client, machine):
    steps = [
        make_step("Movies/<b>/poster.jpg", reason="failed", why="<i>: the disk is full"),
        *(make_step(f"{number}.jpg", reason="nothing_found", why="") for number in range(26)),
        make_step("fine.jpg"),
    ]
    write_plan(machine, 1, steps, {"totals": {"create": 28}, "reasons": {"failed": 1, "nothing_found": 26}})
    add(machine, make_run(mode="normal"))
    failed = client.get("/server/runs/1").text.partition('id="failed"')[2].partition("</section>")[0]
    assert "&lt;i&gt;: the disk is full" in failed and "Movies/&lt;b&gt;/poster.jpg" in failed
    assert "Try all 27 again" in failed and failed.count("data-retry=") == 26
    assert 'href="/server/runs/1?failures=2#failed"' in failed
    second = (
        client.get("/server/runs/1?failures=2").text.partition('id="failed"')[2].partition("</section>")[0]
    )
    assert second.count("<div><strong>") == 2 and "No usable picture was found" in second
    add(machine, make_run(mode="backup"))
    write_plan(machine, 2, steps[:1])
    assert "data-retry" not in client.get("/server/runs/2").text


@pytest.mark.parametrize(
    ("arguments", "ticks"), [([], 1), (["-Undo", "7"], 1), (["-Backup"], 0), (["-Take", '["a"]'], 0)]
)
def test_steps_of_a_plan_can_be_unticked_where_the_run_can_leave_them_out(client, machine, arguments, ticks):
    write_plan(
        machine, 1, [make_step("a.jpg"), make_step("b.jpg", action="skip", reason="by_hand")], {"totals": {}}
    )
    add(machine, make_run(mode="plan", arguments=arguments))
    assert client.get("/server/runs/1").text.count("data-step=") == ticks


def test_a_run_says_what_alone_it_is_about_and_what_it_leaves_out(client, machine, tmp_path):
    listed = tmp_path / "list.txt"
    listed.write_text("a.jpg\nb.jpg\n")
    for arguments in (["-Only", f"@{listed}"], ["-Except", '["a.jpg"]'], ["-Except", "@/gone"], ["-Only"]):
        add(machine, make_run(mode="normal", arguments=arguments))
    pages = [client.get(f"/server/runs/{number}").text for number in (1, 2, 3, 4)]
    only, excepted = "About single pictures", "that a person left out"
    assert f"{only} that another run could not make: 2." in pages[0] and f"{excepted}: 1." in pages[1]
    assert not any(only in page or excepted in page for page in pages[2:])


def test_every_reason_of_the_poster_script_has_a_text():
    codes = {f"run.why.{reason.value}" for reason in Reason}
    assert codes - set(texts_in("en").texts) == set()
    assert codes - set(texts_in("de").texts) == set()
