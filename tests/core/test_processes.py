"""Liveness and kinship, looked up of real processes."""

import os
import subprocess
import sys
import time

import pytest

from app.core.processes import Family, Identity, bearers, identify, live_scripts
from tests.driving import eventually

SLEEP = "import time; time.sleep(60)"


@pytest.fixture
def start():
    started = []

    def begin(*words, program=sys.executable, **options):
        process = subprocess.Popen([program, *words], **options)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def test_a_process_lives_until_it_ends_also_as_a_zombie_it_is_dead(start):
    process = start("-c", SLEEP)
    identity = identify(process.pid)
    assert identity.alive
    process.kill()
    eventually(lambda: not identity.alive)
    assert identify(process.pid) == identity  # not reaped yet, and known nevertheless
    process.wait()
    assert identify(process.pid).started == ""


def test_the_same_pid_with_another_start_is_another_process():
    me = identify(os.getpid())
    boot, ticks = me.started.split(":")
    assert me.alive
    assert not Identity(me.pid, f"{boot}:{int(ticks) + 1}").alive
    assert not Identity(me.pid, f"other-boot:{ticks}").alive
    assert not Identity(me.pid, "").alive


def test_the_age_is_counted_by_a_clock_that_nobody_moves(start):
    identity = identify(start("-c", SLEEP).pid)
    time.sleep(0.3)
    assert 0.2 < identity.age < 5
    assert Identity(2**22 + 1, "x:1").age is None


def test_bearers_are_found_by_their_token_alone(start):
    process = start("-c", SLEEP, env=os.environ | {"POSTERIZARR_RUN": "77-1"}, start_new_session=True)
    eventually(lambda: [found.pid for found in bearers("77-1")] == [process.pid])
    assert bearers("77-2") == []


def test_a_family_holds_descendants_the_group_and_bearers_but_no_stranger(start):
    nest = (
        "import os, subprocess, sys, time; sleep = [sys.executable, '-c', 'import time; time.sleep(60)'];"
        "a = subprocess.Popen(sleep); b = subprocess.Popen(sleep, start_new_session=True);"
        "print(a.pid, b.pid, flush=True); time.sleep(60)"
    )
    environment = os.environ | {"POSTERIZARR_RUN": "78-1"}
    root = start("-c", nest, env=environment, start_new_session=True, stdout=subprocess.PIPE, text=True)
    children = [int(word) for word in root.stdout.readline().split()]
    stranger = start("-c", SLEEP)
    family = Family(identify(root.pid), "78-1")
    assert {member.pid for member in family.living()} == {root.pid, *children}
    root.kill()
    root.wait()
    assert {member.pid for member in family.living()} == set(children)
    for pid in children:
        os.kill(pid, 9)
    eventually(lambda: not family.living())
    assert stranger.poll() is None


def test_a_group_that_has_the_number_of_a_root_long_gone_is_a_strangers(start):
    bearer = start("-c", SLEEP, env={**os.environ, "POSTERIZARR_RUN": "79-1"})
    stranger = start("-c", SLEEP, start_new_session=True)
    earlier = Identity(stranger.pid, identify(stranger.pid).started + "0")
    family = Family(earlier, "79-1")
    eventually(lambda: family.living() == {identify(bearer.pid)})
    assert family.living() == {identify(bearer.pid)}


def test_live_scripts_are_those_that_work_in_this_data_folder(start, tmp_path):
    script = tmp_path / "poster.py"
    script.write_text(SLEEP)
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir(), there.mkdir()
    by_folder = start(str(script), cwd=here)
    by_environment = start(str(script), env=os.environ | {"APP_DATA": str(here)}, cwd=tmp_path)
    start(str(script), cwd=there)
    start("-c", SLEEP, cwd=here)
    both = {by_folder.pid, by_environment.pid}
    eventually(lambda: {found.pid for found in live_scripts(here, str(script))} == both)


def test_a_powershell_script_is_known_by_its_name_whatever_is_configured(start, tmp_path):
    pwsh = tmp_path / "pwsh"
    pwsh.symlink_to(sys.executable)
    (tmp_path / "Posterizarr.ps1").write_text(SLEEP)
    process = start("Posterizarr.ps1", executable=str(pwsh), cwd=tmp_path, program="pwsh")
    eventually(lambda: [found.pid for found in live_scripts(tmp_path, "")] == [process.pid])


def test_who_only_names_a_script_is_no_script_though_all_of_its_environment_is_the_same(start, tmp_path):
    script = tmp_path / "poster.py"
    script.write_text(SLEEP)
    inherits = {"cwd": tmp_path, "env": os.environ | {"APP_DATA": str(tmp_path)}}
    for named in (str(script), "/app/Posterizarr.ps1", "app.poster"):
        start("-c", SLEEP, named, **inherits)
    launched_elsewhere = inherits["env"] | {"POSTERIZARR_RUN": "1-1@/srv/other"}
    start(str(script), cwd=tmp_path, env=launched_elsewhere)
    real = start(str(script), **inherits)
    eventually(lambda: live_scripts(tmp_path, str(script)))
    assert [found.pid for found in live_scripts(tmp_path, str(script))] == [real.pid]


def test_what_somebody_started_beside_their_own_script_is_no_part_of_it(start):
    root = start("-c", SLEEP, process_group=0)
    neighbour = start("-c", SLEEP, process_group=root.pid)
    assert {member.pid for member in Family(identify(root.pid), "").living()} == {root.pid}
    assert {member.pid for member in Family(identify(root.pid), "80-1").living()} == {root.pid, neighbour.pid}
