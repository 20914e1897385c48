"""The programs of a cluster, started as a person starts them."""

import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec

import click
import psutil
import pytest
import trustme
from click.testing import CliRunner

from app import cluster
from app.cli import main
from tests.live_server import POSTERIZARR, free_port
from tests.poster.program import ROOT


@pytest.fixture
def commanded(monkeypatch):
    """The command line that a command became."""
    started = []
    monkeypatch.setattr(os, "execve", lambda program, arguments, environment: started.append(arguments[2:]))

    def command(*arguments, **variables):
        started.clear()
        answer = CliRunner().invoke(main, arguments, env={"CLUSTER": "", **variables})
        return answer.output if answer.exit_code else started[0]

    return command


@pytest.mark.parametrize(
    ("arguments", "variables", "words"),
    [
        (("scheduler",), {}, "distributed.cli.dask_scheduler --host 0.0.0.0 --port 8786 --protocol tcp"),
        (("scheduler", "--port", "9000", "--tls"), {}, "--port 9000 --protocol tls"),
        (("worker", "tcp://there:1"), {}, "distributed.cli.dask_worker tcp://there:1 --nworkers"),
        (("worker",), {"CLUSTER": "tls://there:2"}, "tls://there:2 --nworkers"),
        (("worker", "--processes", "3"), {"CLUSTER": "tcp://there:2"}, "--nworkers 3 --nthreads 1"),
        (
            ("worker", "tcp://there:1", "--contact-address", "10.0.0.2:90"),
            {},
            "--contact-address 10.0.0.2:90",
        ),
        (("worker",), {}, "or set CLUSTER"),
        (("worker", "http://there"), {}, "allowed: an address such as tcp://scheduler:8786"),
    ],
)
def test_a_command_becomes_the_program_of_dask(commanded, arguments, variables, words):
    said = commanded(*arguments, **variables)
    assert words in (said if isinstance(said, str) else " ".join(said))


def test_without_the_package_a_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    assert find_spec("distributed")
    with pytest.raises(click.ClickException, match=r"posterizarr-server\[cluster\]"):
        cluster.start("dask_scheduler")


def certificates(folder) -> dict[str, str]:
    """Dask's settings for one authority and one certificate of everybody on this machine."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "own.pem")
    own = {f"DASK_DISTRIBUTED__COMM__TLS__{one}__CERT": str(folder / "own.pem") for one in ROLES}
    return {
        **own,
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(folder / "authority.pem"),
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true",
    }


ROLES = ("SCHEDULER", "WORKER", "CLIENT")
POOL = """
import sys
from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.applying.pools import open_pool
from app.poster.drawing.design import Design
from app.poster.records.candidate import Typography
ORDER = DrawOrder(Typography("Nosferatu", "1922"), Design((400, 600)))
pool = open_pool(sys.argv[1], print)
print(pool.draw(ORDER) == draw_order(ORDER), type(pool).__name__)
pool.close()
"""


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("scheme", ["tcp", "tls"])
def test_scheduler_and_worker_draw_together_and_a_worker_that_dies_is_started_again(tmp_path, scheme):
    address = f"{scheme}://127.0.0.1:{free_port()}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | (certificates(tmp_path) if scheme == "tls" else {})
    options = ("--host", "127.0.0.1", "--port", address.rpartition(":")[2], *(["--tls"] * (scheme == "tls")))

    def start(*arguments):
        with (tmp_path / arguments[0]).open("wb") as log:
            return subprocess.Popen([*POSTERIZARR, *arguments], cwd=tmp_path, env=environment, stderr=log)

    programs = [start("scheduler", *options), start("worker", address, "--processes", "1")]
    try:
        wait_for(tmp_path / "worker", "Registered to", 1)
        # Its guard hears of that a moment later, and takes an end before then for a failed start.
        time.sleep(2)
        for process in drawing_processes(programs[1].pid):
            process.kill()
        wait_for(tmp_path / "worker", "Registered to", 2)
        command = [sys.executable, "-c", POOL, address]
        drawn = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert drawn.stdout == "True ClusterPool\n", drawn.stdout + drawn.stderr
    finally:
        for program in reversed(programs):
            program.send_signal(signal.SIGTERM)
            assert program.wait(30) is not None


def drawing_processes(number: int) -> list[psutil.Process]:
    children = psutil.Process(number).children()
    return [one for one in children if "resource_tracker" not in " ".join(one.cmdline())]


def wait_for(log, text: str, times: int) -> None:
    deadline = time.monotonic() + 90
    while log.read_text().count(text) < times:
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
