"""Where the server's own log goes: one line an event on standard error, beside gunicorn's."""

import sys

import structlog


def write_log(level: str) -> None:
    """Write events of this level and above."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            # Values as Python writes them, so that a line break from outside never starts a line of its own.
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), repr_native_str=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
