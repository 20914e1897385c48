"""Figures for Prometheus: requests counted in every worker, runs counted when they are read."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import structlog
from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from app.config import shared_metrics
from app.core.execution.run_figures import RunFigures, run_figures
from app.core.triggers.listing import TriggerFigures, trigger_figures
from app.extensions import Extension, Machine, machine

log = structlog.get_logger(__name__)

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
BUCKETS = (0.005, 0.025, 0.1, 0.5, 2.5)
BEGUN = "posterizarr.begun"
# Enough for more routes, methods and statuses than there are.
ROOM = 2 * 1024 * 1024


class Metrics:
    """The figures of one application."""

    content_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, machine: Machine):
        self.machine = machine
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "posterizarr_request_seconds",
            "Time that requests took, by route, method and status.",
            ("route", "method", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.known: dict[tuple, Histogram] = {}

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request; routes are templates, as a label for each address would never end."""
        labels = (route, method, status)
        child = self.known.get(labels) or self.new_child(labels)
        if child:
            child.observe(seconds)

    def new_child(self, labels: tuple) -> Histogram | None:
        """A counter of these labels, or None while there is no room for one."""
        folder = shared_metrics()
        if folder and not has_counter_room(folder):
            return None
        child = self.known[labels] = self.requests.labels(*labels)
        return child

    def text(self) -> bytes:
        registry = shared_registry() or self.own_registry()
        registry.register(RunsCollector(self.machine))
        return generate_latest(registry)

    def own_registry(self) -> CollectorRegistry:
        registry = CollectorRegistry()
        registry.register(self.requests)
        return registry


def has_counter_room(folder: Path) -> bool:
    """Whether this process has a file of counters, whose room is set aside when it is made.

    The library maps a file with holes: on a full disk the first touch of a hole kills the process.
    """
    file = folder / f"histogram_{os.getpid()}.db"
    return file.exists() or make_counter_room(file)


def make_counter_room(file: Path) -> bool:
    """Create the file under another name first, since the collector cannot read an empty one."""
    beside = file.with_suffix(".new")
    try:
        with beside.open("wb") as opened:
            os.posix_fallocate(opened.fileno(), 0, ROOM)
        beside.replace(file)
    except OSError:  # a log line for each request would not help a full disk
        beside.unlink(missing_ok=True)
        return False
    return True


def shared_registry() -> CollectorRegistry | None:
    """The sums over all workers, where they share a folder."""
    registry = CollectorRegistry()
    try:
        MultiProcessCollector(registry)
    except ValueError:  # the library's error for a missing folder
        return None
    return registry


class RunsCollector:
    """Reads the figures of runs when they are collected."""

    def __init__(self, machine: Machine):
        self.machine = machine

    def collect(self) -> Iterator[Metric]:
        state = self.machine.state.read()
        yield gauge("run_active", "1 while a run is active.", state["run"] is not None)
        yield gauge("leader", "1 where a worker leads.", state["leader"] is not None)
        figures = self.figures()
        yield gauge("database_up", "1 where the database answers.", figures is not None)
        if figures:
            yield from families(*figures)

    def figures(self) -> tuple[RunFigures, TriggerFigures] | None:
        try:
            with self.machine.database.reading() as session:
                return run_figures(session), trigger_figures(session)
        except SQLAlchemyError as error:
            log.warning("metrics_without_database", error=str(error))
            return None


def families(figures: RunFigures, triggers: TriggerFigures) -> Iterator[Metric]:
    runs = GaugeMetricFamily("posterizarr_runs", "Runs on record.", labels=("mode", "status"))
    for mode, status, count in figures.counts:
        runs.add_metric((mode, status), count)
    yield runs
    yield gauge("runs_queued", "Runs that wait.", figures.queued)
    if figures.last_run_age is not None:
        yield gauge("last_run_age_seconds", "Seconds since the last run ended.", figures.last_run_age)
    yield trigger_family(triggers)


def trigger_family(figures: TriggerFigures) -> Metric:
    family = GaugeMetricFamily("posterizarr_triggers", "Triggers on record.", labels=("status",))
    for status, count in figures.counts.items():
        family.add_metric((status,), count)
    return family


def gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"posterizarr_{name}", text, value=float(value))


metrics = Extension[Metrics]("metrics")


def init_app(app: Flask) -> None:
    metrics.attach(app, Metrics(machine.of(app)))
    app.before_request(begin)
    app.after_request(observe)


def begin() -> None:
    request.environ[BEGUN] = time.perf_counter()


def observe(response: Response) -> Response:
    asked = request
    rule = asked.url_rule
    method = asked.method if asked.method in METHODS else "OTHER"
    seconds = time.perf_counter() - asked.environ[BEGUN]
    metrics().observe(rule.rule if rule else "(none)", method, response.status_code, seconds)
    return response
