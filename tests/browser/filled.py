"""An application with something on each of its pages, and names as long and as odd as they can be."""

import json
from dataclasses import replace

from app.core.first_start.draft import Draft, change_draft, with_entries, with_found
from app.models import Status
from app.poster.records.candidate import Lettered, ProviderName
from app.services import keys
from tests.api.test_triggers import kill_letter
from tests.browser.test_logs_page import make_lines
from tests.candidates import FANART, FILM, TVDB, make_candidate, write_record
from tests.choices import make_row, take
from tests.core.decisions.test_run_changes import make_changes
from tests.past_runs import BEGAN, make_run
from tests.pictures import make_picture
from tests.poster.program import make_picture as make_sheet
from tests.trees import catalogue, make_image
from tests.triggers import deliver, make_episodes, make_film, make_tautulli
from tests.ui.test_odd_page import SHOW, season
from tests.ui.test_preflight_page import make_title, make_titles
from tests.ui.test_run_page import make_step, write_plan

HOSTILE = "\"'><script>alert(1)</script>{{7*7}} " + "W" * 60
FILMS = 70


def fill(machine, roots) -> None:
    settings = json.loads(machine.paths.config.read_text())
    settings |= {"PlexPart": {"UsePlex": "true"}, "PosterOverlayPart": {"minPointSize": "80"}}
    machine.paths.config.write_text(json.dumps(settings))
    fill_artwork(machine, roots["assets"])
    fill_runs(machine)
    fill_triggers(machine)
    fill_schedule(machine)
    keys.create_key(machine, HOSTILE[:100], ["read", "assets"])
    (machine.paths.logs / "Scriptlog.log").write_bytes(make_lines(0, 60) + make_lines(60, 70, "ERROR"))
    fill_first_start(machine)
    titles = [make_title(HOSTILE, truncated=True, missing=["𓀀"], lines=[["W" * 80]], sizes=[42])]
    make_titles(machine, *titles, make_title("Alien"))
    make_sheet(machine.paths.engine / "preflight" / "sheet.jpg", (1600, 900))


def fill_first_start(machine) -> None:
    """A server whose certificate is not trusted, a key that is refused, and a run of first posters."""
    server = {"source": "plex", "plex_url": f"https://{HOSTILE}", "plex_key": "k", "tmdb": "t"}
    found = {"fault": "certificate", "address": f"https://{HOSTILE}", "kind": "", "fingerprint": "ab" * 32}
    draft = replace(with_entries(Draft(), server), run=1, began_at=BEGAN.isoformat())
    found_too = with_found(with_found(draft, "plex", found), "tmdb", {"fault": "key"})
    change_draft(machine.paths, lambda _: found_too)


def fill_artwork(machine, assets) -> None:
    make_image(assets, FILM, make_picture((200, 300)))
    for number in range(FILMS):
        letter = chr(ord("A") + number % 26)
        make_image(assets, f"Movies/{letter}{number:02} (2000)/poster.jpg", make_picture((20, 30)))
    for number in range(1, 7):
        make_image(assets, f"TV/{SHOW}/Season{number:02}.jpg", make_picture((20, 30)))
    other = {"Download_Source": f"{TVDB}x.jpg"}
    seasons = [season(number, **(other if number == 4 else {})) for number in range(1, 7)]
    lost = make_row(Title=HOSTILE, Rootfolder="Lost (2000)", Download_Source="false", Language="false")
    cut = [make_row(Title=f"A{n:02}", Rootfolder=f"A{n:02} (2000)", TextTruncated="true") for n in (0, 26)]
    take(machine, *seasons, lost, *cut)
    other = make_candidate(ProviderName.TVDB, f"{TVDB}b.jpg", lettered=Lettered.WITH_TEXT, language="de")
    smaller = make_candidate(ProviderName.FANART, f"{FANART}c.jpg", language="en")
    considered = [(other, HOSTILE), (smaller, "900 x 1350 is smaller than 2000 x 3000")]
    write_record(machine.paths.engine, considered=considered)
    catalogue(machine)


def fill_runs(machine) -> None:
    steps = [make_step(f"Movies/{number:03}/{HOSTILE}/poster.jpg") for number in range(26)]
    failed = [make_step("a.jpg", reason="failed", why=HOSTILE), make_step("b.jpg", reason="nothing_found")]
    write_plan(machine, 1, steps, {"totals": {"create": 26}, "reasons": {"new": 26}})
    write_plan(machine, 2, failed, {"totals": {}, "reasons": {"failed": 1, "nothing_found": 1}})
    facts = {"status": Status.FAILED, "reason": HOSTILE, "errors": 3}
    runs = [make_run(mode="plan"), make_run(mode="normal", total_images=3), make_run(mode="backup", **facts)]
    with machine.database.writing() as session:
        session.add_all(runs)
        session.flush()
        session.add_all(make_run(total_images=number) for number in range(26))
    make_changes(machine.paths.engine, "20251125153003000000-2-1", "a.jpg", "b.jpg", started=BEGAN)


def fill_triggers(machine) -> None:
    (number,) = deliver(machine, make_film(title=HOSTILE))
    kill_letter(machine, number)
    deliver(machine, make_episodes(1, 2, 3), make_tautulli())


def fill_schedule(machine) -> None:
    raw = {"time": "03:00", "description": HOSTILE, "mode": "testing"}
    schedules = [raw, {**raw, "mode": "backup"}, {"time": "nonsense"}]
    content = {"enabled": True, "schedules": schedules, "timezone": "Europe/Berlin"}
    machine.paths.scheduler.write_text(json.dumps(content))
