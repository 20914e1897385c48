"""gunicorn's logger without secrets, in the access log and in its own messages."""

import logging
import os
import sys
from contextlib import suppress

from gunicorn.config import AccessLogFormat
from gunicorn.glogging import Logger, SafeAtoms

from app.core.access.redaction import REDACTED, is_secret_name, redact, redact_query, redact_target

QUERIES = ("q", "{query_string}e")
TARGETS = ("f", "{referer}i", "{http_referer}e", "{raw_uri}e", "{request_uri}e", "{location}o")


class RedactingFormatter(logging.Formatter):
    """Another formatter's text, redacted: tracebacks and addresses in messages included."""

    def __init__(self, formatter: logging.Formatter):
        super().__init__()
        self.formatter = formatter

    def format(self, record: logging.LogRecord) -> str:
        return redact(self.formatter.format(record))


class RedactedAtoms(SafeAtoms):
    """The parts of an access line; only those that the format asks for are looked at."""

    def __getitem__(self, name: str):
        return shown_atom(name.lower() if name.startswith("{") else name, super().__getitem__(name))


class RedactingLogger(Logger):
    """To be named as gunicorn's `logger_class`."""

    atoms_wrapper_class = RedactedAtoms

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            if not isinstance(handler.formatter, RedactingFormatter):
                handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter()))

        # Most lines have gunicorn's own format and go to standard output: these need neither a dictionary of
        # all headers nor a lock for which sixteen threads would wait.
        is_usual = cfg.accesslog == "-" and cfg.access_log_format == AccessLogFormat.default
        self.is_usual = is_usual and len(self.access_log.handlers) == 1

    def access(self, resp, req, environ, request_time) -> None:
        if not self.is_usual:
            super().access(resp, req, environ, request_time)
            return
        # A closed terminal is no reason to fail a request that is answered.
        with suppress(OSError):
            os.write(sys.stdout.fileno(), self.usual_line(resp, environ).encode("utf-8", "backslashreplace"))

    def usual_line(self, resp, environ: dict) -> str:
        """The line of an answered request in the combined format, redacted."""
        target = redact_target(environ["RAW_URI"])
        request = quoted(f"{environ['REQUEST_METHOD']} {target} {environ['SERVER_PROTOCOL']}")
        referer = quoted(redact_target(environ.get("HTTP_REFERER", "-")))
        agent = quoted(environ.get("HTTP_USER_AGENT", "-"))
        client, user = environ.get("REMOTE_ADDR", "-"), self._get_user(environ) or "-"
        answer = f"{str(resp.status).partition(' ')[0]} {getattr(resp, 'sent', None) or '-'}"
        return redact(f"{client} - {user} {self.now()} {request} {answer} {referer} {agent}") + "\n"

    def exception(self, msg, *args, **kwargs) -> None:
        """Log a fault with its traceback; a client that timed out within a request is no fault."""
        if isinstance(sys.exception(), BlockingIOError):
            self.info("A client timed out within its request.")
        else:
            super().exception(msg, *args, **kwargs)


def quoted(text: str) -> str:
    """The text between quotes that it cannot end."""
    escaped = text.replace('"', '\\"')
    return f'"{escaped}"'


def shown_atom(name: str, value):
    if not isinstance(value, str):
        return value
    if is_secret_name(name):
        return REDACTED
    if name in QUERIES:
        return redact_query(value)
    return shown_request(value) if name == "r" else redact_target(value) if name in TARGETS else value


def shown_request(line: str) -> str:
    """The redacted request line; its target may hold anything."""
    method, _, rest = line.partition(" ")
    target, _, protocol = rest.rpartition(" ")
    return f"{method} {redact_target(target)} {protocol}"
