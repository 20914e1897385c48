"""The logs of server and script: one at a time, a window of its lines, filtered by the address."""

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from app.core.errors import ApplicationError
from app.core.kept_logs import kept_logs, kept_slice
from app.core.local_time import zone_or_none
from app.core.log_entries import LEVELS_FROM
from app.extensions import Machine, machine
from app.ui.figures import file_size
from app.ui.log_query import FORMER, LogPageQuery, log_page_query
from app.ui.page import page, show

FOLDERS = ("Logs", "UILogs", FORMER)


def register(blueprint: Blueprint) -> None:
    blueprint.add_app_template_filter(file_size)
    blueprint.add_app_template_filter(in_utc)
    blueprint.get("/server/logs")(logs_page)


def in_utc(moment: str) -> str:
    """The ISO value of a time as it is in UTC."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat()


@page("read")
def logs_page() -> Response:
    """Show lines of one log, its last ones unless the address says where; 404 for a log that is gone."""
    listed = kept_logs(machine().paths)
    query = log_page_query(request.args, listed, zone_or_none(machine().settings.tz))
    part = shown_slice(machine(), query)
    response = show("logs.html", groups=logs_by_folder(listed), query=query, part=part, levels=LEVELS_FROM)
    response.status_code = 404 if query.name and part is None else response.status_code
    return response


def shown_slice(machine: Machine, query: LogPageQuery) -> dict | None:
    """The slice that the address asks for, None where there is no log of that name."""
    zone, hidden = zone_or_none(machine.settings.tz), machine.secret_values()
    try:
        return kept_slice(machine.paths, query.name, query.wanted(), None, zone, hidden)
    except ApplicationError:
        return None


def logs_by_folder(listed: list[dict]) -> list[tuple[str, list[dict]]]:
    """(folder, its logs) in the order of the page; no folder without logs."""
    groups = [(name, [log for log in listed if log["directory"] == name]) for name in FOLDERS]
    return [(name, logs) for name, logs in groups if logs]
