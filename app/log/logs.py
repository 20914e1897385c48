"""The server's own log: standard error and UILogs/BackendServer.log, one line an event, without secrets."""

import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import structlog
from structlog.stdlib import ProcessorFormatter

from app.config import Settings
from app.core.access.redaction import REDACTED, is_secret_name, redact
from app.core.access.secret_values import SecretValues
from app.core.config_file import ConfigFile
from app.core.paths import Paths
from app.core.unified_log import BACKEND
from app.extensions import own_secrets
from app.log.shared_log_file import SharedLogFile

LEVEL_WIDTH = 9
OWN = "posterizarr"

Event = dict


def configure(settings: Settings, paths: Paths, least_shown: str = "NOTSET") -> None:
    """Send every log of this process to the log file, and to standard error from `least_shown` on."""
    hidden = SecretValues(ConfigFile(paths.config), own_secrets(settings))
    formatter = line_formatter(hidden, ZoneInfo(settings.tz) if settings.tz else None)
    file = SharedLogFile(paths.interface_logs / BACKEND)
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(least_shown)
    attach((terminal, file), formatter, settings.log_level)
    configure_structlog()
    # An error while logging must not be written to the same full disk or closed terminal.
    logging.raiseExceptions = False


def attach(handlers: tuple[logging.Handler, ...], formatter: logging.Formatter, level: str) -> None:
    root = logging.getLogger()
    remove_handlers(root)
    for handler in handlers:
        handler.setFormatter(formatter)
        handler.set_name(OWN)
        root.addHandler(handler)
    root.setLevel(level)
    adopt_gunicorn()


def remove_handlers(root: logging.Logger) -> None:
    for handler in [handler for handler in root.handlers if handler.get_name() == OWN]:
        root.removeHandler(handler)
        handler.close()


def adopt_gunicorn() -> None:
    """Send gunicorn's messages of this process to the same handlers as all others."""
    log = logging.getLogger("gunicorn.error")
    for handler in list(log.handlers):
        log.removeHandler(handler)
    log.propagate = True


def configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.PositionalArgumentsFormatter(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def log_ended_thread(ended: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, as `threading.excepthook`; the default one writes to standard error only."""
    name = ended.thread.name if ended.thread else "unknown"
    caught = (ended.exc_type, ended.exc_value, ended.exc_traceback)
    structlog.get_logger(__name__).critical("thread_ended", thread=name, exc_info=caught)


def line_formatter(hidden: SecretValues, zone: tzinfo | None) -> ProcessorFormatter:
    return ProcessorFormatter(processors=[hide_fields, Line(hidden, zone)])


def hide_fields(logger, method: str, event: Event) -> Event:
    """Hide what a field's own name calls a secret."""
    return {
        name: REDACTED if name == "key" or is_secret_name(name) else value for name, value in event.items()
    }


class Line:
    """Writes an event as "[2026-11-23 16:34:18] [INFO]    |app.background.dispatcher| message name=value"."""

    def __init__(self, hidden: Callable[[], tuple[str, ...]], zone: tzinfo | None):
        self.hidden = hidden
        self.zone = zone

    def __call__(self, logger, method: str, event: Event) -> str:
        record: logging.LogRecord = event.pop("_record")
        event.pop("_from_structlog", None)
        moment = datetime.fromtimestamp(record.created, self.zone)
        level = f"[{record.levelname}]".ljust(LEVEL_WIDTH)
        text = redact(f"{event_text(event)}{traceback_text(record, event)}", self.hidden())
        return f"[{moment:%Y-%m-%d %H:%M:%S}] {level} |{record.name}| {one_line(text)}"


def event_text(event: Event) -> str:
    words = [str(event.pop("event", ""))]
    words += [
        f"{name}={field_text(value)}"
        for name, value in event.items()
        if name not in ("exc_info", "stack_info")
    ]
    return " ".join(words)


def field_text(value: object) -> str:
    text = str(value)
    return repr(text) if " " in text or not text else text


def traceback_text(record: logging.LogRecord, event: Event) -> str:
    caught = event.get("exc_info") or record.exc_info
    if caught is True:
        caught = sys.exc_info()
    if isinstance(caught, BaseException):
        caught = (type(caught), caught, caught.__traceback__)
    return "\n" + logging.Formatter().formatException(caught) if caught and caught[0] else ""


def one_line(text: str) -> str:
    """The text with line ends and other control characters spelled out, so that nothing can forge a line."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
