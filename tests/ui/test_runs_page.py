"""The pages of the runs, as the server renders them."""

from datetime import timedelta

import pytest

from app.models import Origin, Status
from app.services import keys
from app.ui.figures import grouped_number, lasting
from app.ui.page_numbers import PageNumbers, wanted_page
from app.ui.run_chart import run_chart
from tests.past_runs import BEGAN, make_active_run, make_run
from tests.trees import index, make_image


@pytest.fixture(autouse=True)
def own_artwork(overrides, tmp_path):
    overrides["ASSET_PATH"] = tmp_path / "assets"
    overrides["ASSET_PATH"].mkdir()


def add(machine, *runs):
    with machine.database.writing() as session:
        session.add_all(runs)


def hourly(count, **overrides):
    return [make_run(started_at=BEGAN + timedelta(hours=hour), **overrides) for hour in range(count)]


def test_runs_are_paged_and_filtered_by_the_address(client, machine):
    add(machine, *hourly(26), make_run(mode="backup", status=Status.FAILED, reason="<b>no</b> space"))
    first = client.get("/server/runs").text
    assert first.count('<tr id="run-') == 25 and 'rel="next" href="/server/runs?page=2"' in first
    assert "&lt;b&gt;no&lt;/b&gt; space" in first
    second = client.get("/server/runs?page=2").text
    assert second.count('<tr id="run-') == 2 and 'rel="prev" href="/server/runs"' in second
    failed = client.get("/server/runs?mode=backup&outcome=failed").text
    assert failed.count('<tr id="run-') == 1 and '<option value="failed" selected>' in failed
    narrow = client.get("/server/runs?mode=scheduled&page=9").text
    assert "No run matches" in narrow and 'href="/server/runs?mode=scheduled"' not in narrow


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "Full run"),
        (["-Take", '["a.jpg"]'], "Full run"),
        (["-Only", '["a.jpg"]', "-Take", '["a.jpg"]', "-Titletext", '"x"'], "Redraw of one picture"),
        (["-Only", '["a.jpg", "b.jpg"]'], "Redraw of single pictures"),
        (["-Only", "@/gone/list.txt"], "Redraw of single pictures"),
    ],
)
def test_a_run_is_named_by_what_it_does(client, machine, arguments, name):
    add(machine, make_run(mode="normal", arguments=arguments))
    assert f'<a href="/server/runs/1">{name} <small>1</small>' in client.get("/server/runs").text
    assert f": {name}" in client.get("/server/runs/1").text.partition("</title>")[0]


@pytest.mark.parametrize("address", ["/server/runs", "/server/runs/1"])
@pytest.mark.parametrize(
    ("errors", "badge"),
    [
        (0, '<span class="badge completed">Fertig</span>'),
        (15, '<span class="badge warned">Fertig, mit Fehlern'),
    ],
)
def test_a_run_that_ended_with_errors_is_not_marked_as_well_done(client, machine, address, errors, badge):
    add(machine, make_run(errors=errors))
    assert badge in client.get(address, headers={"Accept-Language": "de"}).text


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=²", "?page=9999999999", "?mode=x&outcome=y"])
def test_what_is_no_page_or_filter_shows_the_first_runs(client, machine, query):
    add(machine, make_run())
    assert '<tr id="run-1"' in client.get(f"/server/runs{query}").text


def test_without_runs_the_list_says_what_to_do_and_offers_are_open(client):
    page = client.get("/server/runs").text
    assert "Start the first one above" in page and '<details class="card start" open>' in page
    assert "<svg" not in page.partition("<main")[2]


def test_only_what_can_be_started_has_buttons_and_the_plan_comes_first(client, machine, tmp_path):
    assert "No source of films and shows is set" in client.get("/server/runs").text
    assert 'data-start="normal"' not in client.get("/server/runs").text
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')
    page = client.get("/server/runs").text
    normal = page.partition('data-start="normal"')[2].partition("</form>")[0]
    assert 'value="plan"' in normal and 'value="start"' in normal
    assert 'value="plan"' not in page.partition('data-start="testing"')[2].partition("</form>")[0]
    reset = page.partition('data-start="reset"')[2].partition("</form>")[0]
    assert "data-confirm" in reset and 'name="library" required' in reset and 'value="plan"' in reset


@pytest.mark.parametrize("has_some", [True, False])
def test_the_plan_is_what_stands_out_for_whoever_has_artwork(client, machine, has_some):
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')
    if has_some:
        make_image(machine.roots.path("assets"), "Movies/Alien (1979)/poster.jpg")
    index(machine)
    normal = client.get("/server/runs").text.partition('data-start="normal"')[2].partition("</form>")[0]
    assert ('value="plan" class="primary"' in normal) is has_some
    assert ('value="start" class="primary"' in normal) is not has_some


def test_the_chart_has_the_ended_runs_from_old_to_new_and_says_its_figures(client, machine):
    runs = [make_run(total_images=images) for images in (1200, 1)]
    add(machine, *runs, make_run(status=Status.QUEUED, ended_at=None, total_images=0))
    page = client.get("/server/runs", headers={"Accept-Language": "de"}).text
    assert "2 Läufe dieser Seite" in page and "Bilder: 1 bis 1.200. Dauer: 4 min 14 s bis 4 min 14 s." in page
    chart = run_chart([make_run(id=2, total_images=1), make_run(id=1, total_images=1200)])
    assert [(bar.run.id, bar.left, bar.images, bar.time) for bar in chart.bars] == [
        (1, 0, 100, 100),
        (2, 10, 2, 100),
    ]
    assert run_chart(runs[:1]) is None


def test_the_active_run_stands_above_the_list_with_its_progress(client, machine):
    add(machine, make_run(id=7, mode="testing", status=Status.RUNNING, ended_at=None))
    machine.state.publish(run=make_active_run())
    for path in ("/server/runs", "/server/runs/7"):
        page = client.get(path).text
        assert '<progress aria-label="Running now" max="12" value="3">' in page
        assert "Drawing" in page and "data-stop" in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"total_images": 1234}, "in 4 min 14 s. Images: 1,234. Errors: 0."),
        ({"status": Status.FAILED, "reason": "<no> disk"}, 'Reason: <span lang="en">&lt;no&gt; disk'),
        ({"status": Status.QUEUED, "started_at": None, "ended_at": None}, "Waits for its turn since <time"),
        ({"status": Status.INTERRUPTED}, "its process ended without a report"),
        ({"status": Status.SKIPPED, "reason": "cancelled"}, "Did not take place."),
        ({"mode": "from_elsewhere", "origin": Origin.RECOVERED}, "from_elsewhere"),
    ],
)
def test_a_run_has_its_outcome_in_a_sentence(client, machine, facts, sentence):
    add(machine, make_run(**facts))
    page = client.get("/server/runs/1").text
    assert sentence in page and '<a href="/server/runs" aria-current="page">' in page


def test_a_run_that_is_not_there_is_404_with_a_way_back(client):
    for number in (1, 2**40):
        page = client.get(f"/server/runs/{number}")
        assert page.status_code == 404 and 'href="/server/runs"' in page.text


def test_runs_need_the_scope_to_read(anonymous, machine):
    _, plain = keys.create_key(machine, "Sonarr", ["webhook"])
    for path in ("/server/runs", "/server/runs/1"):
        assert anonymous.get(path, headers={"X-API-Key": plain}).status_code == 403
        assert anonymous.get(path).status_code == 303


def test_numbers_and_times_are_written_for_people():
    assert (grouped_number(1234567, "en"), grouped_number(1234567, "de")) == ("1,234,567", "1.234.567")
    assert [lasting(value) for value in (0, 59.6, 7380)] == ["0 s", "1 min 0 s", "2 h 3 min"]
    pages = PageNumbers(3, 25, 30)
    assert (pages.last, pages.previous, pages.next) == (2, 2, None)
    assert [wanted_page(text) for text in (None, "", "7", "1e3")] == [1, 1, 7, 1]
