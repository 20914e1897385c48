"""Plans are read page by page, also while they grow."""

import json
from pathlib import Path

import pytest

from app.core.errors import NotFound
from app.core.execution.plans import newest_plan, read_plan


def write_plan(engine: Path, name: str, *actions: str, ending: bytes = b"") -> Path:
    path = engine / "plans" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"path": f"{number}.jpg", "action": action}) for number, action in enumerate(actions)]
    path.write_bytes("".join(f"{line}\n" for line in lines).encode() + ending)
    return path


def test_the_plan_of_the_last_attempt_is_the_plan_of_the_run(tmp_path):
    for name in ("1-1.jsonl", "1-10.jsonl", "1-9.jsonl", "11-11.jsonl", "20261129.jsonl"):
        write_plan(tmp_path, name)
    assert newest_plan(tmp_path, 1).name == "1-10.jsonl"
    for run in (2, 20261129):
        with pytest.raises(NotFound):
            newest_plan(tmp_path, run)


def test_a_server_whose_script_wrote_no_plan_has_none(tmp_path):
    with pytest.raises(NotFound):
        newest_plan(tmp_path, 1)
    with pytest.raises(NotFound):
        read_plan(tmp_path / "gone.jsonl", 10)


@pytest.mark.parametrize(
    ("query", "paths", "total"),
    [
        ({"limit": 2}, ["0.jpg", "1.jpg"], 4),
        ({"limit": 2, "offset": 3}, ["3.jpg"], 4),
        ({"limit": 2, "action": "create"}, ["0.jpg", "2.jpg"], 3),
        ({"limit": 9, "offset": 2, "action": "create"}, ["3.jpg"], 3),
        ({"limit": 9, "action": "delete"}, [], 0),
    ],
)
def test_a_page_has_the_steps_of_one_action_and_the_number_of_all(tmp_path, query, paths, total):
    path = write_plan(tmp_path, "1-1.jsonl", "create", "skip", "create", "create")
    page = read_plan(path, **query)
    assert ([step["path"] for step in page["steps"]], page["total"]) == (paths, total)


def test_a_plan_that_grows_has_no_totals_and_no_half_line(tmp_path):
    page = read_plan(write_plan(tmp_path, "1-1.jsonl", "create", ending=b'{"path": "1.j'), 10)
    assert (len(page["steps"]), page["total"], page["totals"], page["reasons"]) == (1, 1, None, None)
    assert page["steps"][0]["uploads"] == [], "a plan of an earlier version"
    ending = json.dumps({"totals": {"create": 1}, "reasons": {"new": 1}}).encode() + b"\n"
    page = read_plan(write_plan(tmp_path, "1-1.jsonl", "create", ending=ending), 10)
    assert (page["total"], page["totals"], page["reasons"]) == (1, {"create": 1}, {"new": 1})


def test_what_changes_comes_first_and_what_is_left_alone_last(tmp_path):
    path = write_plan(
        tmp_path, "1-1.jsonl", "skip", "create", "later", "restore", "skip", "replace", "create"
    )
    sent = {"path": "sent.jpg", "action": "skip", "uploads": [{"action": "upload"}]}
    with path.open("a") as file:
        file.write(f'{json.dumps(sent)}\n{{"path": "half')
    order = ["5.jpg", "1.jpg", "6.jpg", "3.jpg", "sent.jpg", "0.jpg", "4.jpg", "2.jpg"]
    pages = [read_plan(path, 3, offset, changes_first=True) for offset in (0, 3, 6)]
    assert [step["path"] for page in pages for step in page["steps"]] == order
    assert {page["total"] for page in pages} == {8}
    skipped = read_plan(path, 9, action="skip", changes_first=True)
    assert [step["path"] for step in skipped["steps"]] == ["sent.jpg", "0.jpg", "4.jpg"]
