"""How gunicorn serves the application: its settings and its hooks.

The master imports no more than it needs, since its memory is added to that of its workers: what a hook of a
worker needs is imported there, and the start's work is done in a process that ends.
"""

import errno
import os
import resource
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from app.config import Settings, SettingsError, load_settings
from app.core.errors import ApplicationError
from app.core.paths import Paths
from app.server import metrics_folder

THREADS = 16
LEAST_CONNECTIONS, MOST_CONNECTIONS = 100, 4000
# 400 of them for open streams, which are no longer counted as connections.
OTHER_FILES = 700
# os.EX_CONFIG, which Windows does not know.
BAD_CONFIGURATION = 78
FAULT = 1
# Seconds between the looks at a port that another program holds, which may be about to end.
PATIENCE = (1, 1, 1)
ADVICE = {
    errno.EADDRINUSE: "stop what listens there, which may be this server started before, or set APP_PORT",
    errno.EACCES: "set APP_PORT to 1024 or more",
}


def options() -> dict[str, Any]:
    """Every setting of gunicorn that differs from its own defaults."""
    settings = settings_or_exit()
    metrics_folder.choose_folder(Paths(settings.app_data))
    return {
        "wsgi_app": "wsgi:app",
        "bind": bind_address(settings),
        "workers": settings.web_concurrency,
        "worker_class": "app.server.web_worker.PatientWorker",
        "threads": THREADS,
        "worker_connections": connections(),
        "timeout": 60,
        "graceful_timeout": 5,
        # Longer than proxies keep idle connections: one that we close first may lose their request.
        "keepalive": 75,
        "logger_class": "app.server.access_log.RedactingLogger",
        "accesslog": access_log(settings),
        "loglevel": settings.log_level.lower(),
        # A container counts a busy overlay file system against the worker's heartbeat.
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
        # TRUSTED_PROXIES alone decides which forwarded headers are used, inside the application.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
    } | hooks()


def connections() -> int:
    """How many connections a worker holds; the limit of open files is raised for it as far as is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A request that is long has a temporary file beside its connection.
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES
    limit = max(soft, wanted if hard == resource.RLIM_INFINITY else min(wanted, hard))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return max(LEAST_CONNECTIONS, min(MOST_CONNECTIONS, (limit - OTHER_FILES) // 2))


def hooks() -> dict[str, Any]:
    return {
        "on_starting": on_starting,
        "when_ready": when_ready,
        "post_worker_init": post_worker_init,
        "worker_exit": worker_exit,
        "child_exit": child_exit,
    }


def settings_or_exit() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        exit_with(error)


def exit_with(error: Exception | str) -> NoReturn:
    """Print one line and exit: a mistyped variable needs no traceback."""
    print(f"posterizarr: {error}", file=sys.stderr, flush=True)
    raise SystemExit(BAD_CONFIGURATION)


def bind_address(settings: Settings) -> str:
    return f"{url_host(settings.app_host)}:{settings.app_port}"


def access_log(settings: Settings) -> str | None:
    """Standard output, where information is wanted at all."""
    return "-" if settings.log_level in ("DEBUG", "INFO") else None


def url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def browser_address(host: str, port: int, base: str) -> str:
    """Where a browser on this machine finds the server."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{url_host(near)}:{port}{base}/"


def on_starting(server) -> None:
    """Before the first worker: folders, config.json, tables, and the first credentials."""
    settings = settings_or_exit()
    if not server.master_pid:  # a new master, started beside an old one, inherits its sockets
        refuse_taken(server.cfg.address)
    run_apart(lambda: prepare_data(settings))
    try:
        metrics_folder.take_folder(Paths(settings.app_data))
    except ApplicationError as error:
        exit_with(error)


def run_apart(work: Callable[[], None]) -> None:
    """Do this in a process that ends, and its memory with it; exit as that process does where it fails."""
    pid = os.fork()
    if pid == 0:
        finish(work)
    if code := os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
        raise SystemExit(abs(code))


def finish(work: Callable[[], None]) -> NoReturn:
    """End this process after the work; whatever happens, it must not go on as a second master."""
    code = FAULT
    try:
        work()
        code = 0
    except SystemExit as ending:
        code = ending.code
    finally:
        if code == FAULT:
            traceback.print_exc()
        os._exit(code)


def prepare_data(settings: Settings) -> None:
    from app.server import startup

    try:
        machine = startup.open_machine(settings)
        first = startup.prepare_machine(machine)
        if first and first.has_demo:
            startup.start_demo(machine)
    except (startup.StartupError, ApplicationError) as error:
        exit_with(error)
    machine.close()
    if first:
        print(startup.introduction(first, settings.app_data), flush=True)


def refuse_taken(addresses: Iterable[tuple | str | int]) -> None:
    """Exit before anything is created where the port is taken; wait some seconds for it to be freed."""
    for address in addresses:
        if isinstance(address, tuple) and (error := trouble_with(*address[:2])):
            exit_with(f"Nothing can listen at {url_host(address[0])}:{address[1]} {advised(error)}")


def advised(error: OSError) -> str:
    return f"({error.strerror or error}): {ADVICE.get(error.errno, 'set APP_HOST')}."


def trouble_with(host: str, port: int) -> OSError | None:
    """Why nothing can listen there, or None where something can."""
    for pause in (*PATIENCE, 0):
        error = binding_error(host, port)
        if not error or error.errno != errno.EADDRINUSE:
            break
        time.sleep(pause)
    return error


def binding_error(host: str, port: int) -> OSError | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            return error
    return None


def when_ready(server) -> None:
    """Print the addresses in use, which the command line of gunicorn may have changed."""
    base = settings_or_exit().app_base_path
    for address in server.cfg.address:
        shown = browser_address(*address[:2], base) if isinstance(address, tuple) else address
        print(f"Posterizarr Server answers at {shown}", flush=True)


def post_worker_init(worker) -> None:
    """Every worker tries to lead; the one that holds the lock runs the threads."""
    # gunicorn's own handlers of these two wait for locks of the very thread that they interrupt.
    signal.signal(signal.SIGINT, pass_over)
    signal.signal(signal.SIGQUIT, worker.handle_exit)
    from app.background.leader import Leadership
    from app.background.live_streams import LiveStreams
    from app.extensions import machine as attached
    from app.log import log_level, logs
    from app.server.memory import share_freed_memory

    share_freed_memory()
    machine = attached.of(worker.wsgi)
    logs.configure(machine.settings, machine.paths)
    worker.each_second = log_level.log_level.of(worker.wsgi).follow
    threading.excepthook = logs.log_ended_thread
    worker.leadership = Leadership(machine)
    worker.leadership.start()
    worker.live_streams = LiveStreams(machine)
    worker.live_streams.open()


def pass_over(number: int, frame: object) -> None:
    """Leave Ctrl-C to the master, which passes it on; an ignored signal would be ignored in scripts too."""


def worker_exit(server, worker) -> None:
    if streams := getattr(worker, "live_streams", None):
        streams.stop()
    if leadership := getattr(worker, "leadership", None):
        leadership.stop()
    end_engines(worker)


def end_engines(worker) -> None:
    from app.services.previews import previews
    from app.services.prices import prices

    if application := getattr(worker, "wsgi", None):
        previews.of(application).close()
        prices.of(application).close()


def child_exit(server, worker) -> None:
    """Remove the gauges of a process that has ended."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def serve_forever() -> None:
    """Serve until a signal ends it, from wherever the package is installed."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options().items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self):
            from app import create_app

            return create_app()

    Server().run()


if __name__ == "__main__":
    serve_forever()
