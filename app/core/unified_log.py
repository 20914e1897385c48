"""The logs of the server and of its page as one list of entries."""

import os
import re
from pathlib import Path

from app.core.errors import NotFound
from app.core.log_lines import decode_line, read_back, whole_lines
from app.core.logs import ANSWER_LIMIT, open_log_file
from app.core.paths import Paths

BACKEND, FRONTEND = "BackendServer.log", "FrontendUI.log"
SOURCES = {"backend": BACKEND, "frontend": FRONTEND}
LINE = re.compile(r"\[([0-9: -]{19})\] \[([A-Z]+)\] *\|([^|]*)\| ?(.*)", re.DOTALL)


def unified(paths: Paths, tail: int) -> dict:
    """The last entries of both logs, oldest first, all for 0; no log is read further back than 4 MiB."""
    found = {source: last_lines(paths.interface_logs / name) for source, name in SOURCES.items()}
    parts = (parse_entry(line, source) for source, lines in found.items() for line in lines[-tail:])
    shown = sorted(parts, key=lambda part: part["timestamp"])[-tail:]
    return {"logs": shown, "total": len(shown), "total_all": sum(map(len, found.values()))}


def last_lines(path: Path) -> list[str]:
    try:
        with open_log_file(path) as file:
            start, data = read_back(file, os.fstat(file.fileno()).st_size, None, ANSWER_LIMIT)
    except NotFound:
        return []
    return [decode_line(line).rstrip("\r\n") for line in whole_lines(start, data)]


def parse_entry(line: str, source: str) -> dict:
    """The parts of a line; one of another program has a message only."""
    matched = LINE.fullmatch(line)
    if matched is None:
        return describe_entry("", "INFO", "unknown", "", line, line)
    timestamp, level, component, message = matched.groups()
    return describe_entry(timestamp, level, source, component, message, line)


def describe_entry(timestamp: str, level: str, source: str, component: str, message: str, raw: str) -> dict:
    return {
        "timestamp": timestamp,
        "level": level,
        "source": source,
        "component": component,
        "message": message,
        "raw": raw,
    }
