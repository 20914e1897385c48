"""Secrets planted wherever one may stand are nowhere in the support zip, and what helps is."""

import json
import sqlite3
from base64 import b64encode
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from app.poster.support.gathering import KEPT, LONGEST_LINE, gather
from app.poster.support.masking import Masker, names_a_secret

SECRET = 'Plänted/Secret+"42"&x='
WEBHOOK = "https://discord.com/api/webhooks/471100000000/planted-webhook-token"
PUSH = "http://kuma.lan:3001/api/push/plantedPushToken?status=up"
LOG = "Logs/Scriptlog.log"
PLANTED = ("nted-", "nted/", "nted%2F", "planted", "Planted", "nted_")


def configure(data) -> None:
    config = {
        "ApiPart": {
            "PlexToken": SECRET,
            "tmdbtoken": "planted-tmdb-token-1",
            "tvdbapi": "planted-key#planted-pin",
        },
        "Notification": {
            "Discord": WEBHOOK,
            "UptimeKumaUrl": PUSH,
            "AppriseUrl": "tgram://planted-bot/planted-chat",
        },
        "PlexPart": {"PlexUrl": "http://user:planted-login@plex.lan:32400", "UsePlex": "true"},
        "WebUI": {"basicAuthPassword": "planted-password"},
    }
    data.mkdir()
    (data / "config.json").write_text(json.dumps(config))
    (data / "engine.json").write_text(json.dumps({"SomeToken": "planted-engine-token"}))
    (data / "config_backups").mkdir()
    (data / "config_backups" / "config_1.json").write_text(
        json.dumps({"ApiPart": {"PlexToken": "planted-former"}})
    )


LINES = (
    f"plain {SECRET} and quoted {quote(SECRET)} and {quote(SECRET, safe='')} and {json.dumps(SECRET)}",
    f"in Base64 {b64encode(SECRET.encode()).decode()} and former planted-former",
    "GET http://plex.lan/library?X-Plex-Token=planted-unknown-1&page=2&api_key=planted-unknown-2",
    "Authorization: Bearer planted-unknown-3 more-planted-words",
    '{"headers": {"X-Emby-Token": "planted-unknown-4", "Cookie": "session=planted-unknown-5; a=planted-6"}}',
    "postgresql://posterizarr:planted-unknown-7@db/posterizarr and http://planted-user@host/",
    f"posting to {WEBHOOK} and https://discord.com/api/webhooks/1/planted-other?wait=1 and {PUSH}",
    "discord://planted-id/planted-token and json://planted-user:planted-word@host/planted-path",
    "key pstr_planted-key-123456 and eyJhbGciOiJub.eyJwbGFudGVkIjoxf.planted-signature",
    "password = planted-unknown-8, secret: 'planted-unknown-9'",
    "known from a variable: planted-variable and planted-of-the-server",
)


def plant(data) -> None:
    for name in (
        "takeover_report.txt",
        "Logs/Scriptlog.log",
        "RotatedLogs/Logs_20260101_000000/Old.log",
        "UILogs/Server.log",
        "runs/1-1.log",
    ):
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join((*LINES, "The last line is kept")) + "\n", encoding="utf-8")
    (data / "engine").mkdir()
    with sqlite3.connect(data / "engine" / "engine.db") as journal:
        journal.execute("CREATE TABLE entries (why TEXT)")
        journal.execute("INSERT INTO entries VALUES ('planted in the journal')")
    journal.close()


def gathered(data, **environment) -> dict[str, str]:
    """The files of a new zip by name."""
    made = gather(data, environment)
    with ZipFile(made["file"]) as archive:
        assert len(archive.namelist()) == made["files"]
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_no_planted_secret_is_in_the_zip(tmp_path):
    configure(tmp_path / "data")
    plant(tmp_path / "data")
    told = json.dumps(["planted-of-the-server"])
    found = gathered(tmp_path / "data", TMDB_API_KEY="planted-variable", SUPPORT_SECRETS=told)
    leaks = {
        (name, line)
        for name, text in found.items()
        for line in text.splitlines()
        if any(mark in line for mark in (*PLANTED, b64encode(SECRET.encode()).decode()[:16]))
    }
    assert leaks == set()
    assert all("The last line is kept" in text for name, text in found.items() if name.endswith(".log"))


def test_the_zip_has_settings_facts_and_the_logs_of_earlier_runs(tmp_path):
    configure(tmp_path / "data")
    plant(tmp_path / "data")
    found = gathered(tmp_path / "data")
    assert {"facts.json", "config.json", "engine.json", "Logs/Scriptlog.log", "UILogs/Server.log"} <= set(
        found
    )
    assert "RotatedLogs/Logs_20260101_000000/Old.log" in found
    config = json.loads(found["config.json"])
    assert config["PlexPart"] == {"PlexUrl": "http://***@plex.lan:32400", "UsePlex": "true"}
    facts = json.loads(found["facts.json"])
    assert facts["journal"] == {"entries": 1} and facts["version"]
    assert (tmp_path / "data" / "Logs" / "Scriptlog.log").exists()


def test_a_damaged_or_empty_data_folder_gives_a_zip_all_the_same(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    assert set(gathered(data)) == {"facts.json"}
    (data / "config.json").write_text('{"PlexToken": "planted-token')
    (data / "engine").mkdir()
    (data / "engine" / "engine.db").write_bytes(b"planted rubbish" * 100)
    found = gathered(data)
    assert "planted" not in "".join(found.values()) and "cannot be read" in found["config.json"]


def test_long_lines_and_long_logs_are_cut_where_no_secret_can_be_halved(tmp_path, monkeypatch):
    monkeypatch.setattr("app.poster.support.gathering.LARGEST_FILE", 2 * LONGEST_LINE)
    log = tmp_path / "Logs" / "Scriptlog.log"
    log.parent.mkdir()
    log.write_text(f"{'x' * (LONGEST_LINE - 4)}token=planted-secret\n" + "y" * LONGEST_LINE + "\nkept\n")
    text = gathered(tmp_path)["Logs/Scriptlog.log"]
    assert "planted" not in text and text.endswith("kept\n") and "left out" in text


def test_links_are_not_followed_and_only_the_newest_zips_stay(tmp_path):
    (tmp_path / "outside.log").write_text("planted outside")
    data = tmp_path / "data"
    (data / "Logs").mkdir(parents=True)
    (data / "Logs" / "link.log").symlink_to(tmp_path / "outside.log")
    for _ in range(KEPT + 2):
        assert "Logs/link.log" not in gathered(data)
    assert len(list((data / "support").iterdir())) == KEPT


@pytest.mark.parametrize(
    ("name", "is_secret"),
    [
        *[("PlexToken", True), ("tvdbapi", True), ("basicAuthPassword", True), ("X-Api-Key", True)],
        *[("UsePlex", False), ("Posters", False), ("SkipTBA", False), ("PreferredLanguageOrder", False)],
    ],
)
def test_settings_are_secret_by_their_names(name, is_secret):
    assert names_a_secret(name) is is_secret


def test_ordinary_lines_stay_as_they_are():
    line = "[2026-11-29 16:34:18] [INFO]    |L.83  | Added: Movies/Alien (1979)/poster.jpg (nothing changed)"
    assert Masker(["planted-token"]).mask(line) == line
