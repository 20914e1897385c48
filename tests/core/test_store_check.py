"""The report of the store, as the built-in script writes it, in lines for people."""

from app.core.store_check import store_lines


def make_report(**overrides):
    empty = {
        "files": 0,
        "bytes": 0,
        "oldest": None,
        "megabytes": 2048,
        "days": 90,
        "runs": [],
        "problems": [],
    }
    return empty | overrides


def test_an_empty_store_is_one_line():
    assert list(store_lines(make_report())) == ["0 files, 0.0 MiB, the oldest of -"]


def test_runs_and_problems_have_a_line_each():
    run = {"mode": "Normal", "started": "2026-11-29T12:00:00+00:00", "files": 2, "bytes": 1024 * 1024}
    runs = [run | {"run": "20261129120000000000-12-1"}, run | {"run": "20261129120000000000"}]
    lines = store_lines(
        make_report(files=4, bytes=3 * 1024 * 1024, oldest="2026", runs=runs, problems=["bad"])
    )
    assert list(lines) == [
        "4 files, 3.0 MiB, the oldest of 2026",
        "run 12 (Normal): 2 files, 1.0 MiB",
        "run 20261129120000000000 (Normal): 2 files, 1.0 MiB",
        "problem: bad",
    ]
