import pytest

from app.core import system_info
from app.core.system_info import UNKNOWN_SYSTEM, SystemInfo, cpu_model


def test_every_field_has_the_kind_that_clients_expect():
    told = SystemInfo(in_container=True).read()
    assert told.keys() == UNKNOWN_SYSTEM.keys()
    assert told["is_docker"] is True
    assert isinstance(told["memory_percent"], float)
    assert 0 <= told["memory_percent"] <= 100
    assert told["cpu_cores"] >= 1


def test_used_and_free_memory_come_to_the_total():
    told = SystemInfo(in_container=False).read()
    total, used, free = (
        int(told[name].removesuffix(" MB")) for name in ("total_memory", "used_memory", "free_memory")
    )
    assert abs(total - used - free) <= 1


def test_readers_within_seconds_share_one_look():
    moments = [0.0]
    info = SystemInfo(in_container=False, clock=lambda: moments[-1])
    found = info.read()
    assert info.read() is found
    moments.append(system_info.FRESH_SECONDS)
    assert info.read() is not found


@pytest.mark.parametrize(
    ("facts", "model"),
    [("processor : 0\nmodel name\t: Fast One @ 2.60GHz\nmodel name\t: Other\n", "Fast One @ 2.60GHz")],
)
def test_the_model_is_the_first_that_the_kernel_names(tmp_path, facts, model):
    (tmp_path / "cpuinfo").write_text(facts)
    assert cpu_model(tmp_path / "cpuinfo") == model


def test_a_machine_that_names_no_model_is_told_by_its_platform(tmp_path):
    assert cpu_model(tmp_path / "missing")
