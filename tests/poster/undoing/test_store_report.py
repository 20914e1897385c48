"""The script shows what the store holds, and checks it."""

import json

from app.poster.journal.store import sha256_of
from app.poster.script.exits import ExitCode
from tests.poster.pipeline.media import add_film, configure, run_over, two_colored

NOSFERATU = "Movies/Nosferatu (1922)/poster.jpg"


def test_the_store_is_shown_by_run_and_damaged_files_are_named_and_moved_aside(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    empty = run_over(data, media, "-Store")
    assert (empty.returncode, json.loads(empty.stdout)["files"]) == (ExitCode.DONE, 0)
    configure(data)
    beside = add_film(media, "Nosferatu (1922)", poster="navy") / "poster.jpg"
    run_over(data, media)
    digest = sha256_of(data / "assets" / NOSFERATU)
    size = (data / "assets" / NOSFERATU).stat().st_size
    two_colored(beside, "olive", size=(500, 700))
    run_over(data, media)
    logs = sorted(path.name for path in (data / "Logs").iterdir())
    shown = json.loads(run_over(data, media, "-Store").stdout)
    (run,) = shown.pop("runs")
    assert (run["mode"], run["files"], run["bytes"]) == ("Normal", 1, size)
    assert shown.pop("oldest")
    assert shown == {"files": 1, "bytes": size, "megabytes": 2048, "days": 90, "problems": []}
    kept = data / "engine" / "store" / digest[:2] / digest
    kept.write_bytes(b"cut short")
    damaged = run_over(data, media, "-Store")
    report = json.loads(damaged.stdout)
    assert damaged.returncode == ExitCode.FAILED and report["files"] == 0
    assert digest in report["problems"][0] and "damaged" in report["problems"][0]
    assert (data / "engine" / "store" / "damaged" / digest).read_bytes() == b"cut short"
    assert sorted(path.name for path in (data / "Logs").iterdir()) == logs
    assert json.loads(run_over(data, media, "-Store").stdout)["problems"] == []
