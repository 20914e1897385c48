"""Home as the server renders it: one truth about the server, and the newest artwork."""

import html
import os
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.core.problem_history import store_history
from app.core.samples import sample_images
from app.models import AssetFolder, Status, Trigger
from app.models.base import now
from app.ui.headline import RunsNow, headline
from app.ui.newest_artwork import MOST_TALL, MOST_WIDE, newest_artwork
from app.ui.sample_shelf import sample_groups
from tests.api.test_assets import roots
from tests.past_runs import BEGAN, make_active_run, make_run
from tests.pictures import make_picture
from tests.trees import catalogue, make_image, make_tree
from tests.ui.test_page import Tags

__all__ = ["roots"]

HOSTILE = "\"'><script>alert(1)</script>{{7*7}}&amp;"


@pytest.fixture(autouse=True)
def settings(overrides, request):
    """A password that is no problem, and the address that the server listens at."""
    overrides["APP_ADMIN_PASSWORD"] = "a password of its own"  # noqa: S105
    overrides["APP_HOST"] = getattr(request, "param", "127.0.0.1")


@pytest.fixture(autouse=True)
def leader(settings, machine):
    """Without one /health has an error, which comes first on Home."""
    machine.state.publish(leader={"pid": os.getpid()})


@pytest.fixture
def source(machine):
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')


def add(machine, *rows):
    with machine.database.writing() as session:
        session.add_all(rows)


def home(client, **options):
    answer = client.get("/server", **options)
    assert answer.status_code == 200
    return answer.text


def said(page):
    return " ".join(re.sub("<[^>]*>", " ", page.partition('id="said">')[2].partition("</div>")[0]).split())


def trouble(page):
    return page.partition('id="troubles"')[2].partition("</section>")[0]


FAILED = {"status": Status.FAILED, "reason": "No space"}
HEADLINES = {
    "nothing yet": ([None, "", 0, None, None], [], "ready", ""),
    "a run": ([make_run(), "", 3, make_run(**FAILED), None], ["error"], "running", "on"),
    "a script of another program": ([None, "webhook", 0, None, None], [], "running", "on"),
    "an error": ([None, "", 2, None, None], ["warning", "error"], "errors", "bad"),
    "a run that waits": ([None, "", 1, make_run(**FAILED), None], ["warning"], "waiting", "on"),
    "a failed run": ([None, "", 0, make_run(**FAILED), None], ["warning"], "failed", "bad"),
    "a run with errors": ([None, "", 0, make_run(errors=2), None], [], "failed", "bad"),
    "a full run that failed before": ([None, "", 0, make_run(), make_run(**FAILED)], [], "failed", "bad"),
    "a run that was stopped": ([None, "", 0, make_run(status=Status.STOPPED), None], [], "ready", ""),
    "a warning": ([None, "", 0, make_run(), make_run()], ["note", "warning"], "warnings", "warn"),
    "a note": ([None, "", 0, make_run(), None], ["note"], "ready", ""),
}


@pytest.mark.parametrize(("runs", "types", "state", "lamp"), HEADLINES.values(), ids=HEADLINES)
def test_what_needs_a_person_most_is_said_first(runs, types, state, lamp):
    found = headline(RunsNow(*runs), types)
    assert (found.state, found.lamp) == (state, lamp)


def test_a_run_that_ended_with_errors_is_not_said_to_have_failed(client, machine):
    add(machine, make_run(mode="normal", errors=3))
    assert said(home(client)).startswith("Full run: done, with errors")


def test_a_failure_is_said_once_with_its_reason_and_leaves_when_a_full_run_ends_well(client, machine):
    add(
        machine,
        make_run(mode="normal", **FAILED),
        make_run(mode="testing", started_at=BEGAN + timedelta(hours=1)),
    )
    page = home(client)
    assert said(page).startswith("Full run: failed") and page.count("No space") == 1
    assert 'href="/server/runs/1#failed"' in page and ">Ready<" not in page
    add(machine, make_run(started_at=BEGAN + timedelta(hours=2)))
    page = home(client, headers={"Accept-Language": "de"})
    assert said(page).startswith("Bereit") and "No space" not in page


def test_the_active_run_has_its_progress_its_newest_picture_and_a_stop(client, machine, roots):
    began = now()
    add(machine, make_run(id=7, mode="normal", status=Status.RUNNING, started_at=began, ended_at=None))
    machine.state.publish(run=make_active_run(id=7, mode="normal"))
    assert 'class="drawn"' not in home(client)
    make_image(roots["assets"], "Movies/Alien (1979)/poster.jpg", make_picture((20, 30)))
    catalogue(machine)
    page = home(client)
    assert 'href="/server/runs/7">Full run</a>' in page and "data-stop" in page and "data-start" not in page
    assert 'data-run="7"' in page and "3 / 12" in page
    assert "Alien" in page.partition('class="drawn"')[2].partition("</figure>")[0]


def test_a_script_of_another_program_is_said_without_a_stop(client, machine, monkeypatch):
    foreign = {"running": True, "current_mode": HOSTILE}
    monkeypatch.setattr("app.ui.views.home.system_readers", lambda: Reading(foreign))
    page = home(client)
    assert "Another program runs the poster script" in page and "data-stop" not in page
    assert "<script>alert" not in page


class Reading:
    """Readers that answer a status, and no problems."""

    def __init__(self, status):
        self.status = lambda: status

    def problems(self, private):
        return []


def test_what_waits_and_what_comes_next_is_said_in_both_zones(client, machine):
    assert "None is scheduled" in home(client) and "Nothing waits" in home(client)
    client.post("/api/scheduler/schedule", json={"time": "04:30"})
    client.post("/api/scheduler/enable")
    machine.state.publish(scheduler={"alive": True, "fingerprint": None})
    arrived = ("file", "sender", "kind", "name", "identity", "title")
    add(machine, Trigger(**dict.fromkeys(arrived, "x")))
    add(machine, *(make_run(status=Status.QUEUED, ended_at=None) for _ in range(2)))
    page = home(client)
    assert re.search(r'<time datetime="[^"]+">[^<]+</time> <small>04:30 in Europe/Berlin', page)
    assert 'href="/server/runs?outcome=queued">Runs: 2' in page
    assert "New titles of Sonarr, Radarr and Tautulli: 1" in page
    assert said(page).startswith("A run is about to start")


def test_each_problem_is_one_line_with_what_to_do(client, machine):
    problem = {"source": "scheduler", "message": HOSTILE, "public": "x", "advice": "Repair it."}
    machine.state.publish(problems=[problem])
    page = home(client)
    assert trouble(page).count("<li") == 1 and "data-silence" in trouble(page)
    assert "Repair it." in page and "<script>alert" not in page
    assert said(page).startswith("Something needs a look")
    machine.state.publish(leader=None, problems=[])
    page = home(client)
    assert said(page).startswith("Needs attention") and 'class="error"' in trouble(page)
    assert "data-silence" not in trouble(page)


def test_a_silenced_warning_changes_no_lamp_and_can_be_found_again(client, machine):
    machine.state.publish(problems=[{"source": "log", "message": HOSTILE, "public": "x", "advice": "y"}])
    code = re.search(r'data-silence="([^"]+)"', home(client))[1]
    client.post("/api/problems/silenced", json={"code": code})
    page = home(client)
    assert said(page).startswith("Ready") and "<li" not in trouble(page)
    assert "Silenced: 1" in page and f'data-unsilence="{code}"' in page and "<script>alert" not in page
    client.delete(f"/api/problems/silenced/{code}")
    assert said(home(client)).startswith("Something needs a look")


def test_what_works_again_is_shown_with_its_times(client, machine):
    over = {"code": "log-1", "type": "warning", "source": "log", "message": HOSTILE}
    until = now().isoformat()
    with machine.database.writing() as session:
        store_history(session, {"open": [], "mended": [over | {"since": until, "until": until}]})
    page = home(client)
    assert (
        "Working again: 1" in page
        and "<script>alert" not in page
        and page.count(f'datetime="{until[:19]}') == 2
    )


@pytest.mark.parametrize("settings", ["0.0.0.0"], indirect=True)  # noqa: S104
def test_a_warning_that_stands_above_every_page_is_no_second_line(client, machine):
    machine.config.path.write_text('{"WebUI": {"basicAuthEnabled": "false"}}')
    page = home(client)
    assert page.count("The login is off") == 1 and "<li" not in trouble(page)


def test_a_first_start_says_what_to_do_and_offers_samples(client, machine):
    page = home(client)
    assert "Draw sample posters to see" in page and 'id="start-testing" value="start" class="primary"' in page
    assert "No source of films and shows is set" in page and 'id="start-normal"' not in page


def test_with_a_source_the_full_run_comes_first_and_with_artwork_its_plan(client, machine, roots, source):
    page = home(client)
    assert 'id="start-normal" value="start" class="primary"' in page and 'id="plan-normal"' not in page
    machine.config.path.write_text(machine.config.path.read_text().replace("}}", "}, " + asset_path(roots)))
    make_image(roots["assets"], "Movies/Alien (1979)/poster.jpg")
    catalogue(machine)
    page = home(client)
    assert 'id="plan-normal" value="plan" class="primary"' in page and 'id="start-testing"' not in page
    assert 'id="start-normal" value="start" disabled' in page


def asset_path(roots):
    return f'"PrerequisitePart": {{"AssetPath": "{roots["assets"]}"}}}}'


def test_the_newest_artwork_stands_in_two_shapes_the_newest_first(client, machine, roots):
    odd = HOSTILE.replace("/", "\N{DIVISION SLASH}")
    names = [f"Movies/Film {number:02} (2000)/poster.jpg" for number in range(MOST_TALL + 3)]
    make_tree(
        roots["assets"], *names, f"TV/{odd} (2018)/Season02.jpg", "Movies/Film 00 (2000)/background.jpg"
    )
    make_tree(roots["assets"], "TV/Dark (2017)/S01E02.jpg")
    catalogue(machine)
    page = home(client)
    tall, _, wide = page.partition('class="shelf tall"')[2].partition('class="shelf wide"')
    assert tall.count("<li") == MOST_TALL and wide.count("<li") == 2
    assert "<script>alert" not in page and "7*7" in page
    for link in Tags(page).values("href", "src"):
        assert link.startswith(("/", "#")), link
    assert html.unescape(re.search(r'class="picture" href="([^"]*)"', tall)[1]).startswith("/")
    below = home(client, base_url="http://localhost/posters")
    assert 'src="/posters/api/thumbnail?' in below and 'src="/api' not in below


@pytest.mark.parametrize(
    "path", ["", "/library", "/attention?concern=fallback", "/picture/Movies/A/poster.jpg"]
)
def test_a_folder_that_the_index_removed_before_the_catalogue_followed_is_left_out(
    client, machine, roots, path
):
    for name in "ABC":
        make_image(roots["assets"], f"Movies/{name}/poster.jpg", make_picture((20, 30)))
    catalogue(machine)
    with machine.database.writing() as session:
        session.execute(delete(AssetFolder).where(AssetFolder.path == "Movies/B"))
    page = client.get(f"/server{path}")
    assert page.status_code == 200 and "Movies/B" not in page.text


def test_many_of_one_kind_leave_room_for_the_others(client, machine, roots):
    make_tree(roots["assets"], *(f"TV/Dark (2017)/S01E{number:02}.jpg" for number in range(1, MOST_WIDE + 3)))
    older = make_image(roots["assets"], "TV/Dark (2017)/background.jpg")
    os.utime(older, (1e9, 1e9))
    catalogue(machine)
    with machine.database.reading() as session:
        newest = newest_artwork(session, str(roots["assets"])).wide
    assert len(newest) == MOST_WIDE
    assert [entry["kind"] for entry in newest].count("background") == 1 and newest[-1]["kind"] == "background"


SAMPLES = [
    "posterLongText.jpg",
    "posterShortText.jpg",
    "posterShortTextCAPS.jpg",
    "posterTextless.jpg",
    "showposterMediumText.jpg",
    "SeasonPosterShortText.jpg",
    "backgroundLongText.jpg",
    "showbackgroundLongText.jpg",
    "TitleCardMediumText.jpg",
    "testimage.png",
    "backgroundtestimage.png",
    "<b>.jpg",
]


def test_samples_are_grouped_and_compared_from_short_to_long(client, machine):
    for name in SAMPLES:
        make_image(machine.paths.test_images, name, make_picture((20, 30)))
    groups = sample_groups(sample_images(machine.paths.test_images))
    kinds = ["poster", "showposter", "season", "background", "showbackground", "titlecard", "other"]
    assert [group.name for group in groups] == kinds
    names = [sample.picture.name for sample in groups[0].samples]
    assert names == [f"poster{each}.jpg" for each in ("Textless", "ShortText", "LongText", "ShortTextCAPS")]
    page = home(client)
    assert page.count('data-key="') == len(SAMPLES) - 2 and "&lt;b&gt;.jpg" in page
    assert "Short title, capitals" in page and "Draw them again" in page
    for tag in Tags(page.partition('id="samples"')[2]).of("img"):
        with client.get(html.unescape(tag["src"])) as answer:
            assert answer.status_code == 200
