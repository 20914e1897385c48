"""The check of the journal by API: for administrators, and without waiting for a run."""

import pytest

from app.poster.publish import begun_file
from app.poster.script.instance import single_instance

CHECK, REPAIR = "/api/admin/doctor", "/api/admin/doctor/repair"


@pytest.fixture
def begun(machine):
    machine.paths.engine.mkdir(exist_ok=True)
    begun = begun_file(machine.paths.engine / "store")
    begun.write_bytes(b"begun")
    return begun


def test_a_check_names_what_a_repair_then_removes(client, begun):
    checked = client.get(CHECK)
    assert (checked.status_code, checked.json["sound"]) == (200, False)
    assert [one["what"] for one in checked.json["findings"]] == ["begun_file"] and begun.exists()
    repaired = client.post(REPAIR)
    assert (repaired.status_code, repaired.json["sound"]) == (200, True)
    assert repaired.json["counts"] == [{"what": "begun_file", "found": 1, "repaired": 1}]
    assert not begun.exists()


def test_a_repair_waits_for_no_run(client, machine, begun):
    with single_instance(machine.paths.data / "temp", "Normal"):
        answer = client.post(REPAIR)
        assert client.get(CHECK).json["findings"] == []
    assert (answer.status_code, begun.exists()) == (409, True)
    assert "A run is active" in answer.json["detail"]


@pytest.mark.parametrize(("method", "address"), [("get", CHECK), ("post", REPAIR)])
def test_nobody_else_gets_it(anonymous, method, address):
    assert getattr(anonymous, method)(address).status_code == 401
