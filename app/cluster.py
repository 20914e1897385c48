"""The two programs of a cluster beside the server: its scheduler and its workers, by dask.distributed."""

import os
import sys
from importlib.util import find_spec

import click

from app.config import SettingsError, load_settings

PORT = 8786
# What dask measures of its own work, some of it every 10 ms, costs each process a part of its core.
WITHOUT_MEASURING = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
NO_PACKAGE = "A cluster needs dask.distributed: pip install 'posterizarr-server[cluster]'"
TLS_VARIABLES = (
    "Certificates are those of dask's own settings, DASK_DISTRIBUTED__COMM__TLS__CA_FILE and its siblings."
)


@click.command(epilog=TLS_VARIABLES)
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on.")  # noqa: S104
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--tls", is_flag=True, help="Talk to nobody without a certificate.")
def scheduler(host: str, port: int, tls: bool) -> None:
    """Run the scheduler of a cluster, to which workers and runs connect.

    Anyone who reaches its port can run programs on all machines of the cluster: keep it in a private network.
    """
    start("dask_scheduler", "--host", host, "--port", str(port), "--protocol", "tls" if tls else "tcp")


@click.command(epilog=TLS_VARIABLES)
@click.argument("address", default="")
@click.option(
    "--processes", type=click.IntRange(1, 1024), help="Pictures drawn at once; one a core by default."
)
@click.option("--contact-address", help="Address by which the others reach this worker, with a port.")
def worker(address: str, processes: int | None, contact_address: str | None) -> None:
    """Draw pictures for runs: connect to the scheduler at ADDRESS, by default that of CLUSTER.

    Anyone who reaches its ports can run any program on this machine: keep it in a private network.
    """
    try:
        settings = load_settings(**({"CLUSTER": address} if address else {}))
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    if not settings.cluster:
        raise click.ClickException(
            "Name the scheduler: posterizarr worker tcp://scheduler:8786, or set CLUSTER."
        )
    count = processes or len(os.sched_getaffinity(0))
    reached = ("--contact-address", contact_address) if contact_address else ()
    start("dask_worker", settings.cluster, "--nworkers", str(count), "--nthreads", "1", *reached)


def start(program: str, *arguments: str) -> None:
    """Become that program of dask.distributed, without its pages."""
    if find_spec("distributed") is None:
        raise click.ClickException(NO_PACKAGE)
    # Its health page is for this machine only.
    pages = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *pages]
    os.execve(sys.executable, command, WITHOUT_MEASURING | os.environ)
