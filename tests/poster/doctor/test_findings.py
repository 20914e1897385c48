"""Findings are counted, listed up to a bound, and repaired only where that is asked for and works."""

import json

import pytest

from app.poster.doctor.findings import MOST_LISTED, NOTES, Finding, Findings, What


def taken(repairs: bool, *findings: Finding) -> dict:
    account = Findings(repairs)
    account.take(findings)
    return account.document()


def failing(error: OSError):
    def remedy():
        raise error

    return remedy


@pytest.mark.parametrize(
    ("repairs", "remedy", "repaired", "why"),
    [
        (False, lambda: None, False, "it is damaged"),
        (True, lambda: None, True, "it is damaged"),
        (True, None, False, "it is damaged"),
        (True, failing(PermissionError(13, "Permission denied", "/secret/place")), False,
         "it is damaged; not repaired: Permission denied"),
        (True, failing(OSError("no bytes")), False, "it is damaged; not repaired: no bytes"),
    ],
)  # fmt: skip
def test_a_fault_is_repaired_where_a_remedy_works_and_else_says_why_not(repairs, remedy, repaired, why):
    found = taken(repairs, Finding(What.BYTES_DAMAGED, "abc", "it is damaged", remedy))
    (row,) = found["findings"]
    assert (row["repaired"], row["why"], row["fault"]) == (repaired, why, True)
    assert (found["sound"], found["repairs"]) == (repaired, repairs)
    assert found["counts"] == [{"what": "bytes_damaged", "found": 1, "repaired": int(repaired)}]


@pytest.mark.parametrize("what", What)
def test_what_the_next_run_attends_to_does_not_make_it_unsound(what):
    found = taken(False, Finding(what, "a.jpg", "why"))
    assert found["sound"] is (what in NOTES) and found["findings"][0]["fault"] is (what not in NOTES)


def test_nothing_found_is_sound():
    assert taken(True) == {
        "sound": True,
        "repairs": True,
        "checked": {"assets": 0, "entries": 0, "files": 0, "kept": 0},
        "counts": [],
        "findings": [],
    }


def test_many_findings_of_one_kind_hide_no_other_kind_and_all_are_counted_and_repaired():
    repaired = []
    many = [
        Finding(What.BYTES_UNUSED, str(number), "unused", lambda: repaired.append(1))
        for number in range(MOST_LISTED + 5)
    ]
    found = taken(True, *many, Finding(What.FILE_GONE, "last.jpg", "gone"))
    assert len(found["findings"]) == MOST_LISTED + 1 and found["findings"][-1]["path"] == "last.jpg"
    assert {row["what"]: row["found"] for row in found["counts"]} == {"bytes_unused": 105, "file_gone": 1}
    assert len(repaired) == 105 and found["sound"]


def test_a_fault_beyond_the_list_is_still_a_fault():
    ends = [lambda: None] * (MOST_LISTED + 1) + [failing(OSError("full"))]
    found = taken(True, *(Finding(What.RECORD, "a", "why", remedy) for remedy in ends))
    assert all(row["repaired"] for row in found["findings"]) and not found["sound"]


def test_a_path_of_bytes_that_are_no_unicode_can_be_written_as_json():
    found = taken(False, Finding(What.BEGUN_FILE, "a\udcff/.b.jpg.part", "begun"))
    assert json.dumps(found, ensure_ascii=False).encode() and found["findings"][0]["path"] == "a?/.b.jpg.part"
