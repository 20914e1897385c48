"""`posterizarr takeover`, from the command line, over a folder that no server of ours has seen."""

from tests.command_line import run_command
from tests.live_server import server_environment
from tests.upstream import digests, make_history, make_past_run, write_config


def command(data, *words):
    return run_command("takeover", *words, environment=server_environment(data))


def test_an_existing_folder_is_planned_without_a_trace_then_taken_over(data):
    write_config(data, WebUI={"basicAuthEnabled": "false"})
    path = make_history(data, make_past_run())
    before = digests(data)
    planned = command(data, "--plan")
    assert planned.returncode == 0 and "taken over: 1  (database/runtime_stats.db)" in planned.stdout, planned
    assert digests(data) == before and [file.name for file in path.parent.iterdir()] == [path.name]
    done = command(data)
    assert done.returncode == 0 and "taken over: 1  (database/runtime_stats.db)" in done.stdout, done
    assert before.items() <= digests(data).items()
