"""Every page of ours, over a data folder that has something for each of them to show."""

from datetime import timedelta
from urllib.parse import quote

from app.poster.records.candidate import ProviderName
from app.ui.page import NAVIGATION
from tests.candidates import FILM, make_candidate, write_record
from tests.choices import make_row, take
from tests.past_runs import BEGAN, make_run
from tests.pictures import make_picture
from tests.trees import catalogue, make_image
from tests.triggers import deliver, make_film
from tests.ui.test_run_page import make_step, write_plan

# More than one page of each list.
FILMS, RUNS, STEPS = 130, 60, 26
NAMES = [f"Film {number:03} (2000)" for number in range(FILMS)]
ODD_SEASON = 3
LINKS = "[...document.querySelectorAll('.pages a')].map((link) => link.href)"
OTHERS = (
    *(f"server/start?step={step}" for step in ("source", "keys", "libraries", "design", "first")),
    "server/odd",
    "server/preflight",
    "server/make",
    "server/passport",
    "server/settings/rules",
    "server/library/days",
    "server/runs/1",
    f"server/picture/{quote(FILM)}",
    f"server/candidates/{quote(FILM)}",
    f"server/correct/{quote(FILM)}",
    "server/duel",
    "server/designs/sofa",
    "server/designs/split",
)
LOG = "".join(
    f"[2026-11-01 10:{number // 60:02}:{number % 60:02}] [INFO]    |L.1   | Line {number}\n"
    for number in range(600)
)


def furnish_pages(machine, assets) -> None:
    """Pictures, what needs a person, an odd one, runs, a plan, a trigger and a log; none of it elsewhere."""
    paths = [FILM, *(f"Movies/{name}/poster.jpg" for name in NAMES)]
    paths += [f"TV/Dark (2017)/Season{number:02}.jpg" for number in range(1, 6)]
    for number, path in enumerate(paths):
        make_image(assets, path, make_picture((20, 30), color=(number, 90, 120)))
    cut = [make_row(Title=name[:8], Rootfolder=name, TextTruncated="true") for name in NAMES]
    take(machine, *cut, *(season_row(number) for number in range(1, 6)))
    offered = make_candidate(ProviderName.SERVER, "/library/7/thumb")
    write_record(machine.paths.engine, offered, [(make_candidate(address="/a/folder.jpg"), "a reason")])
    catalogue(machine)
    steps = [make_step(f"Movies/{number:02}/poster.jpg") for number in range(STEPS)]
    write_plan(machine, 1, steps, {"totals": {"create": STEPS}, "reasons": {"new": STEPS}})
    with machine.database.writing() as session:
        session.add(make_run(mode="plan"))
        session.add_all(make_run(started_at=BEGAN + timedelta(days=day)) for day in range(1, RUNS))
    deliver(machine, make_film())
    (machine.paths.logs / "Scriptlog.log").write_text(LOG)


def season_row(number: int) -> dict:
    source = {"Download_Source": "https://artworks.thetvdb.com/x.jpg"} if number == ODD_SEASON else {}
    row = {"Type": "Season", "Rootfolder": "Dark (2017)", "LibraryName": "TV", **source}
    return make_row(Title=f"Dark | Season {number}", **row)


def page_addresses(browser, base: str) -> list[str]:
    """The addresses of all pages, from a page that is open; `base` ends with a slash."""
    listed = browser.evaluate(LINKS)
    assert len(listed) == len(NAVIGATION)
    return [*listed, *(base + path for path in OTHERS)]
