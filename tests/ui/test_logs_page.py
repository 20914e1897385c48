"""The page of the logs as the server renders it, which is all of it without scripts."""

import re

import pytest

LINES = b"".join(b"[2026-11-29 17:08:38] [INFO]    |x| Film %d\n" % number for number in range(1000))


@pytest.fixture
def log(machine):
    path = machine.paths.logs / "Scriptlog.log"
    path.write_bytes(LINES)
    return path


def films(page) -> list[int]:
    return [int(number) for number in re.findall(r"Film (\d+)</li>", page)]


def way(page, rel) -> str:
    return re.search(rf'<a rel="{rel}"[^>]* href="([^"]+)"', page)[1].replace("&amp;", "&")


def test_without_scripts_the_last_lines_are_shown_with_ways_to_the_others(client, log):
    page = client.get("/server/logs?log=Scriptlog.log").text
    assert films(page) == list(range(800, 1000)) and 'rel="next"' not in page
    earlier = client.get(way(page, "prev")).text
    assert films(earlier) == list(range(600, 800))
    assert films(client.get(way(earlier, "next")).text) == list(range(800, 1000))
    first = client.get("/server/logs?log=Scriptlog.log&at=0").text
    assert films(first) == list(range(200)) and 'rel="prev"' not in first


def test_the_filter_and_the_place_stand_in_the_address(client, log):
    assert films(client.get("/server/logs?log=Scriptlog.log&text=film+99").text) == [99, *range(990, 1000)]
    assert films(client.get("/server/logs?log=Scriptlog.log&level=error").text) == []
    within = LINES.index(b"Film 300")
    assert films(client.get(f"/server/logs?log=Scriptlog.log&at={within}").text)[0] == 300
    assert films(client.get("/server/logs?log=Scriptlog.log&since=2026-11-29T17:08:38").text)[0] == 0
    assert films(client.get("/server/logs?log=Scriptlog.log&since=2027-01-01T00:00").text) == []


@pytest.mark.parametrize(
    "query", ["at=-1", "at=x", "at=" + "9" * 30, "level=loud", "since=now", "before=1e3", "text="]
)
def test_what_has_no_meaning_counts_as_absent(client, log, query):
    assert len(films(client.get(f"/server/logs?log=Scriptlog.log&{query}").text)) == 200


def test_lines_are_text_and_times_have_their_zone(client, log, machine):
    log.write_text("[2026-11-29 17:08:38] [ERROR] |x| <script>alert(1)</script>\x1b[31m\n")
    page = client.get("/server/logs?log=Scriptlog.log").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[31m" in page
    assert re.search(r'<li id="0"[^>]* class="error">', page)
    assert '<time datetime="2026-11-29T16:08:38+00:00" title="2026-11-29T17:08:38+01:00">' in page


def test_former_logs_are_offered_and_one_that_is_gone_is_404(client, log, machine):
    folder = machine.paths.rotated_logs / "Logs_20261128_170838"
    folder.mkdir()
    (folder / "<b>.log").write_text("Film 1\n")
    page = client.get("/server/logs").text
    assert '<optgroup label="Former runs">' in page and "Logs_20261128_170838/&lt;b&gt;.log" in page
    former = client.get("/server/logs?log=Logs_20261128_170838/<b>.log")
    assert films(former.text) == [1] and "data-grows" not in former.text
    gone = client.get("/server/logs?log=../config.json")
    assert gone.status_code == 404 and "any more" in gone.text


def test_an_empty_log_and_no_log_say_so(client, machine, log):
    log.write_text("")
    assert "This log is empty." in client.get("/server/logs?log=Scriptlog.log").text
    for folder in (machine.paths.logs, machine.paths.interface_logs):
        for path in folder.glob("*.log"):
            path.unlink()
    page = client.get("/server/logs")
    assert page.status_code == 200 and "There is no log yet." in page.text


def test_the_addresses_have_the_base_path_and_secrets_are_hidden(client, log, machine):
    log.write_text("asked with ?api_key=abcdefgh\n")
    page = client.get("/server/logs?log=Scriptlog.log", base_url="http://localhost/posters").text
    assert "abcdefgh" not in page and 'href="/posters/api/logs/Scriptlog.log/download"' in page
    assert 'href="/posters/server/logs?log=Scriptlog.log&amp;at=0#0"' in page
