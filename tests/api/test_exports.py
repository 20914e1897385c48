import pytest

from app.core.exports.sheets import EPISODES, LIBRARIES, OTHER, OTHER_EPISODES, OTHER_LIBRARY, PLEX
from app.models import Run, Status
from app.services.keys import create_key
from tests.exported import make_film, make_row, make_season, write_pair

PREFIXES = {PLEX: "plex-export", OTHER: "other-media-export"}


@pytest.mark.parametrize("prefix", ["plex-export", "other-media-export"])
def test_without_an_export_everything_is_empty(client, prefix):
    assert client.get(f"/api/{prefix}/statistics").json == {
        "success": True,
        "statistics": {
            "total_runs": 0,
            "total_library_records": 0,
            "total_episode_records": 0,
            "latest_run": None,
        },
    }
    assert client.get(f"/api/{prefix}/runs").json == {"success": True, "runs": [], "count": 0}
    for part in ("library", "episodes"):
        told = client.get(f"/api/{prefix}/{part}").json
        assert (told["success"], told["data"], told["count"], told["run_timestamp"]) == (
            True,
            [],
            0,
            "latest",
        )


def test_an_import_is_told_everywhere(client, machine):
    write_pair(machine.paths.logs, library=[make_film(), make_film("Brazil")])
    told = client.post("/api/plex-export/import").json
    stamp = told["results"]["run_timestamp"]
    assert told == {
        "success": True,
        "results": {"library_count": 2, "episode_count": 1, "run_timestamp": stamp},
        "message": "Imported 2 library records and 1 episode records",
        "already_imported": False,
    }
    assert client.get("/api/plex-export/runs").json == {"success": True, "runs": [stamp], "count": 1}
    assert client.get("/api/plex-export/statistics").json["statistics"] == {
        "total_runs": 1,
        "total_library_records": 2,
        "total_episode_records": 1,
        "latest_run": stamp,
        "latest_run_library_count": 2,
        "latest_run_episode_count": 1,
        "latest_run_total_episodes": 3,
    }
    assert client.get("/api/other-media-export/runs").json["count"] == 0


@pytest.fixture
def imported(client, machine):
    """Imports a run of these films and seasons; answers its stamp."""

    def bring(films, seasons=(), kind=PLEX):
        write_pair(machine.paths.logs, kind, films, list(seasons))
        return client.post(f"/api/{PREFIXES[kind]}/import").json["results"]["run_timestamp"]

    return bring


def titles(answer):
    return [row["title"] for row in answer.json["data"]]


def films(*names):
    return [make_film(name) for name in names]


def test_rows_have_all_columns_as_texts(client, imported):
    stamp = imported([make_film(original_title="", year="1979")], [make_season()])
    [film] = client.get("/api/plex-export/library").json["data"]
    assert film.pop("id") == 1
    times = {film.pop("created_at"), film.pop("updated_at"), film.pop("run_timestamp")[:19].replace("T", " ")}
    assert times == {stamp[:19].replace("T", " ")}
    assert film == make_film(original_title="", year="1979")
    [season] = client.get("/api/plex-export/episodes").json["data"]
    assert season == {**season, **make_season()}
    assert season["episodes"] == "1,2,3"


def test_the_other_kind_has_columns_of_its_own(client, imported):
    row = make_row(OTHER_LIBRARY)
    imported([row], [make_row(OTHER_EPISODES)], kind=OTHER)
    [film] = client.get("/api/other-media-export/library").json["data"]
    assert film == {**film, **row}
    [season] = client.get("/api/other-media-export/episodes").json["data"]
    assert (season["type"], season["other_media_titlecard_urls"]) == (
        "some type",
        "some OtherMediaServerTitleCardUrls",
    )
    assert client.get("/api/plex-export/library").json["data"] == []


def test_the_latest_run_is_shown_unless_another_is_named(client, imported):
    first = imported(films("Alien"))
    second = imported(films("Brazil"))
    assert client.get("/api/plex-export/runs").json["runs"] == [second, first]
    assert titles(client.get("/api/plex-export/library")) == ["Brazil"]
    for name in (first, first.rstrip("0"), first.replace("T", " ")):
        answer = client.get("/api/plex-export/library", query_string={"run_timestamp": name})
        assert (titles(answer), answer.json["run_timestamp"]) == (["Alien"], name)
    for name in ("latest", ""):
        answer = client.get(f"/api/plex-export/library?run_timestamp={name}")
        assert (titles(answer), answer.json["run_timestamp"]) == (["Brazil"], "latest")
    unknown = client.get("/api/plex-export/library?run_timestamp=2001-01-01T00:00:00")
    assert (unknown.status_code, unknown.json["data"], unknown.json["total"]) == (200, [], 0)


def test_rows_come_in_the_order_of_today(client, imported):
    rows = [make_season("Dark", "2"), make_season("Dark", "10"), make_season("Ärger"), make_season("Alf")]
    imported(films("b", "B", "a"), rows)
    assert titles(client.get("/api/plex-export/library")) == ["B", "a", "b"]
    seasons = client.get("/api/plex-export/episodes").json["data"]
    assert [(row["show_name"], row["season_number"]) for row in seasons] == [
        ("Alf", "1"),
        ("Dark", "10"),
        ("Dark", "2"),
        ("Ärger", "1"),
    ]


def test_the_other_library_is_ordered_by_library_first(client, imported):
    rows = [("TV", "Alf"), ("Movies", "Zulu"), ("Movies", "Alien")]
    imported([make_row(OTHER_LIBRARY, library_name=name, title=title) for name, title in rows], kind=OTHER)
    assert titles(client.get("/api/other-media-export/library")) == ["Alien", "Zulu", "Alf"]


def test_pages_have_a_limit_and_an_offset(client, imported):
    imported(films(*(f"Film {number:02}" for number in range(30))))
    answer = client.get("/api/plex-export/library?limit=3&offset=28")
    assert titles(answer) == ["Film 28", "Film 29"]
    told = answer.json
    assert (told["count"], told["total"], told["limit"], told["offset"]) == (2, 30, 3, 28)
    assert client.get("/api/plex-export/library?offset=29").json["count"] == 1
    everything = client.get("/api/plex-export/library").json
    assert (everything["count"], everything["limit"]) == (30, None)


def test_every_page_is_that_part_of_the_whole_also_those_read_from_the_end(client, imported):
    imported(films(*(f"Film {number // 2:02}" for number in range(9))))
    whole = [row["id"] for row in client.get("/api/plex-export/library").json["data"]]
    for offset in range(11):
        for limit in (1, 4, 20):
            page = client.get(f"/api/plex-export/library?limit={limit}&offset={offset}").json["data"]
            assert [row["id"] for row in page] == whole[offset : offset + limit], (offset, limit)


def test_a_search_finds_parts_of_names_in_capitals_or_not(client, imported):
    rows = [
        make_film("Ärger im Paradies"),
        make_film("100% Wolf", original_title="Hundert"),
        make_film("Zulu"),
    ]
    imported(rows, [make_season("Dark", title="Secrets;Lies")])
    library = "/api/plex-export/library"
    for wanted, found in [("ärger", 0), ("100%", 1), ("HUNDERT", 1), ("zULU", 2)]:
        answer = client.get(library, query_string={"search": wanted, "limit": 5})
        assert (titles(answer), answer.json["total"]) == ([rows[found]["title"]], 1)
    for wanted in ("%", "_"):
        assert all(wanted in name for name in titles(client.get(library, query_string={"search": wanted})))
    assert client.get("/api/plex-export/episodes?search=lies").json["count"] == 1
    assert client.get(f"{library}?search=nothing").json["total"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=many",
        "offset=-1",
        "offset=99999999999",
        "run_timestamp=yesterday",
        "run_timestamp=" + "1" * 99,
        "search=" + "x" * 201,
        "search=%00",
        "format=xml",
    ],
)
def test_what_makes_no_sense_is_refused(client, query):
    for part in ("library", "episodes"):
        refused = client.get(f"/api/plex-export/{part}?{query}")
        assert (refused.status_code, query.partition("=")[0] in refused.json["detail"]) == (400, True)


@pytest.mark.parametrize("kind", [PLEX, OTHER])
def test_a_downloaded_file_imported_again_gives_the_same_rows(client, machine, imported, kind):
    tricky = {"title": 'He said "=1+1";\r\nthen\nleft', "path": "C:\\films\\", "tmdbid": "007"}
    imported([make_row(LIBRARIES[kind], **tricky)], [make_row(EPISODES[kind], title="a;b")], kind=kind)
    before = {part: rows_of(client, kind, part) for part in ("library", "episodes")}
    for part, sheet in (("library", LIBRARIES[kind]), ("episodes", EPISODES[kind])):
        answer = client.get(f"/api/{PREFIXES[kind]}/{part}?format=csv")
        assert answer.mimetype == "text/csv"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{sheet.file}"'
        (machine.paths.logs / sheet.file).write_bytes(answer.data)
    assert client.post(f"/api/{PREFIXES[kind]}/import").json["already_imported"] is False
    assert {part: rows_of(client, kind, part) for part in before} == before
    assert client.get(f"/api/{PREFIXES[kind]}/runs").json["count"] == 2


def rows_of(client, kind, part):
    rows = client.get(f"/api/{PREFIXES[kind]}/{part}").json["data"]
    own = {"id", "run_timestamp", "created_at", "updated_at"}
    return [{name: value for name, value in row.items() if name not in own} for row in rows]


def test_a_download_has_a_heading_though_there_are_no_rows(client):
    text = client.get("/api/plex-export/episodes?format=csv").text
    assert text.startswith('"Show Name";"Type";') and text.count("\n") == 1


def test_a_download_can_be_a_part(client, imported):
    imported(films("Alien", "Brazil", "Cube"))
    text = client.get("/api/plex-export/library?format=csv&limit=1&offset=1").text
    assert "Brazil" in text and text.count("\n") == 2


def test_many_rows_are_sent_piece_by_piece_and_whole(client, imported):
    imported(films(*(f"Film {number:05}" for number in range(2500))))
    answer = client.get("/api/plex-export/library")
    assert "Content-Length" not in answer.headers
    assert titles(answer) == [f"Film {number:05}" for number in range(2500)]
    assert answer.json["count"] == answer.json["total"] == 2500
    assert client.get("/api/plex-export/library?limit=1000").headers["Content-Length"]


def test_a_caller_who_goes_away_leaves_no_session_open(client, machine, imported):
    imported(films(*(f"Film {number:05}" for number in range(2500))))
    for ask in (client.head, client.get):
        answer = ask("/api/plex-export/library", buffered=False)
        assert answer.status_code == 200
        answer.close()
    assert machine.database.engine.pool.checkedout() == 0


def test_an_import_with_nothing_new_says_so(client, imported):
    nothing = client.post("/api/plex-export/import").json
    assert (nothing["success"], nothing["already_imported"]) == (True, False)
    assert nothing["results"] == {"library_count": 0, "episode_count": 0, "run_timestamp": None}
    stamp = imported(films("Alien"), [make_season()])
    again = client.post("/api/plex-export/import").json
    assert again["already_imported"] is True
    assert again["results"] == {"library_count": 1, "episode_count": 1, "run_timestamp": stamp}


def test_an_import_tells_what_it_could_not_use(client, machine):
    write_pair(machine.paths.logs)
    (machine.paths.logs / "PlexEpisodeExport.csv").write_text("nothing\n")
    told = client.post("/api/plex-export/import").json
    assert told["success"] is False
    assert told["message"] == 'PlexEpisodeExport.csv has no column "Show Name", so it was not imported.'
    assert told["results"]["library_count"] == 1


def test_an_import_waits_while_the_script_writes(client, machine, database):
    write_pair(machine.paths.logs)
    with database.writing() as session:
        session.add(Run(mode="normal", origin="api", status=Status.RUNNING))
    refused = client.post("/api/plex-export/import")
    assert (refused.status_code, "when it ends" in refused.json["detail"]) == (409, True)


def test_a_file_that_cannot_be_read_is_told(client, machine, monkeypatch):
    write_pair(machine.paths.logs)

    def refuse(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("app.services.export_imports.identify_exports", refuse)
    refused = client.post("/api/plex-export/import")
    assert (refused.status_code, "Permission denied" in refused.json["detail"]) == (503, True)


def test_the_document_tells_both_formats_and_no_path_parameter(client):
    operations = client.get("/api/openapi.json").json["paths"]
    for prefix in PREFIXES.values():
        for part in ("library", "episodes"):
            told = operations[f"/api/{prefix}/{part}"]["get"]
            assert set(told["responses"]["200"]["content"]) == {"application/json", "text/csv"}
            names = {parameter["name"] for parameter in told["parameters"]}
            assert names == {"run_timestamp", "limit", "offset", "search", "format"}


def test_readers_read_and_who_may_change_assets_imports(anonymous, machine):
    def asked(scope, method, path):
        key = create_key(machine, scope, [scope])[1]
        return anonymous.open(
            f"/api/plex-export/{path}", method=method, headers={"X-API-Key": key}
        ).status_code

    assert (asked("read", "GET", "library"), asked("read", "POST", "import")) == (200, 403)
    assert (asked("assets", "GET", "library"), asked("assets", "POST", "import")) == (403, 200)
