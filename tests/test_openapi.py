"""The document of the API is true: whatever is sent, the answer is one that it tells."""

import json
import os
import threading

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import (
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from app.core.engine_calls import NONE, EngineCalls
from app.core.messages import SWITCH
from app.poster.inquiries.inquiry import Inquiry
from app.poster.inquiries.table import respond
from app.poster.messages.trial import send_trials, trials_document, with_tried
from app.poster.records.environment import Addresses, Environment
from app.poster.settings import DEFAULTS, Settings
from tests.conftest import KEY

# Elsewhere a few examples of each operation, and no table of edge cases, which are twelve times as many.
IN_CI = bool(os.environ.get("CI"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def make_schema():
    """Read the document from an application that nothing else is asked of."""
    document = create_app(APP_DATA="unused").extensions["document"].content
    generation = GenerationConfig(with_security_parameters=False)
    phases = PhasesConfig(coverage=CoveragePhaseConfig(enabled=IN_CI))
    config = SchemathesisConfig(
        projects=ProjectsConfig(default=ProjectConfig(generation=generation, phases=phases))
    )
    return schemathesis.openapi.from_dict(document, config=config)


# Events need a worker that keeps sockets open: tests/server/test_streams.py.
schema = make_schema().exclude(path="/api/events")


class QuietHandler(WSGIRequestHandler):
    def log_request(self, code="-", size="-") -> None:
        """Thousands of lines would hide the one that matters."""


@pytest.fixture
def engine_in_process(monkeypatch):
    """Inquiries are answered in this process, which saves starting one for each; no provider is asked."""
    nowhere = Environment(addresses=Addresses(*["http://127.0.0.1:9"] * 6))
    settings = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))

    def inquire(self, name, given, seconds, content=None):
        return respond(name, Inquiry(given, content, settings, nowhere))

    def ask(self, *words, secret=NONE, **options):
        if words != (SWITCH,):
            return asked_of_a_process(self, *words, secret=secret, **options)
        tried = with_tried(settings, secret["MESSAGE_SETTINGS"]) if secret else settings
        return json.loads(trials_document(send_trials(tried)))

    asked_of_a_process = EngineCalls.ask
    monkeypatch.setattr(EngineCalls, "inquire", inquire)
    monkeypatch.setattr(EngineCalls, "ask", ask)


@pytest.fixture
def address(app, engine_in_process):
    """The application behind real HTTP."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@schema.parametrize()
@settings(max_examples=15 if IN_CI else 3, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_documented(case, address):
    case.call_and_validate(base_url=address, headers={"X-API-Key": KEY}, checks=CHECKS)
