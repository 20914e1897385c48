"""Queued runs become processes, once each, and end as rows; every script here is a real one."""

import os
import stat

from app.background.dispatcher import Dispatcher
from tests.driving import (
    drive,
    drive_to_launch,
    finished,
    launched,
    leave,
    queue,
    row,
    rows,
    started_twice,
    starts,
    tick_until,
)


def test_a_queued_run_is_launched_followed_and_completed(machine_with):
    machine = machine_with("obedient")
    run = finished(machine)
    assert (run.status, run.reason, run.exit_code, run.total_images) == ("completed", None, 0, 4)
    assert (run.fallbacks, run.textless, run.space_saved) == (1, 2, "1.20 GB")
    assert run.notification_sent and not run.uptime_kuma
    assert run.started_at <= run.ended_at and run.report_key.startswith("normal|")


def test_mode_and_arguments_reach_the_script_as_they_are(machine_with):
    machine = machine_with("obedient")
    odd = ["-PicturePath", "/x y/ä;$(id).jpg", "-Titletext", "-Testing"]
    run = finished(machine, "manual", arguments=odd)
    given = starts(machine)[0][2]
    assert given == ["-Manual", "-PicturePath", "/x y/ä;$(id).jpg", "-Titletext", " -Testing"]
    assert (run.log_file, run.status) == ("Manuallog.log", "completed")


def test_runs_go_one_at_a_time_in_the_order_they_were_asked_for(lasting):
    machine = lasting(0.3)
    first, second = queue(machine), queue(machine, "testing")
    dispatcher = Dispatcher(machine)
    drive_to_launch(dispatcher, first)
    assert row(machine, second).status == "queued"
    drive(dispatcher, second)
    assert [token.split("-")[0] for token, _, _ in starts(machine)] == [str(first), str(second)]
    assert row(machine, second).started_at >= row(machine, first).ended_at


def test_two_quick_runs_within_one_second_are_two_rows_with_two_reports(machine_with):
    machine = machine_with("obedient")
    dispatcher = Dispatcher(machine)
    runs = [drive(dispatcher, queue(machine)) for _ in range(3)]
    tick_until(dispatcher, lambda: dispatcher.import_due > 0)
    dispatcher.import_reports()
    assert [run.status for run in runs] == ["completed"] * 3
    assert len({run.report_key for run in runs}) == 3 and len(rows(machine)) == 3


def test_progress_is_published_while_it_runs_and_withdrawn_after(lasting):
    machine = lasting(3)
    number = queue(machine)
    dispatcher = Dispatcher(machine)
    told = []

    def look():
        told.append(machine.state.read()["run"])
        return row(machine, number).status == "completed"

    tick_until(dispatcher, look)
    shares = [facts["percent"] for facts in told if facts and facts["percent"] is not None]
    assert shares == sorted(shares) and 0 < shares[0] < shares[-1] <= 100.0
    assert {"id", "mode", "origin", "pid", "started_at", "log_file", "counts"} <= told[-2].keys()
    assert machine.state.read()["run"] is None


def test_the_script_sees_no_secret_and_is_told_where_it_is(machine_with, monkeypatch, tmp_path):
    monkeypatch.setenv("APP_API_KEY", "top-secret")
    secret = tmp_path / "secret"
    secret.write_text("password")
    monkeypatch.setenv("APP_ADMIN_PASSWORD_FILE", str(secret))
    program = tmp_path / "env.sh"
    program.write_text(
        '#!/bin/sh\nenv > "$APP_DATA/env.txt"; pwd >> "$APP_DATA/env.txt"; read line || true\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    machine = machine_with("obedient", POSTER_SCRIPT=program, ASSET_PATH="/art", TZ="Asia/Tokyo")
    run = finished(machine)
    seen = (machine.paths.data / "env.txt").read_text().splitlines()
    assert "top-secret" not in str(seen) and not [line for line in seen if "ADMIN_PASSWORD" in line]
    assert not [line for line in seen if line.startswith("DATABASE_URL")]
    expected = {
        f"APP_DATA={machine.paths.data}",
        "TZ=Asia/Tokyo",
        "ASSET_PATH=/art",
        str(machine.paths.data),
    }
    assert expected | {f"POSTERIZARR_RUN={run.id}-1@{machine.paths.data}"} <= set(seen)


def test_the_script_inherits_no_open_file_of_the_server(machine_with, tmp_path):
    program = tmp_path / "descriptors.sh"
    program.write_text('#!/bin/sh\nls -l /proc/$$/fd | grep -v "^total" > "$APP_DATA/descriptors.txt"\n')
    program.chmod(0o755)
    machine = machine_with("obedient", POSTER_SCRIPT=program)
    with (tmp_path / "opened").open("w") as opened:
        os.set_inheritable(opened.fileno(), True)
        finished(machine)
    seen = (machine.paths.data / "descriptors.txt").read_text()
    assert "opened" not in seen and "posterizarr.db" not in seen and "/dev/null" in seen


def test_the_server_may_end_gracefully_and_the_script_goes_on(lasting):
    machine = lasting(1.0)
    first, number = launched(machine)
    pid = row(machine, number).pid
    leave(first)
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.pid, run.attempt) == ("completed", pid, 1) and not started_twice(machine)
