"""One application over real files and a real database, per test."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text
from werkzeug.routing import Rule

from app import create_app
from app.config import load_settings
from app.core.config_file import create_config
from app.database import Database
from app.extensions import Machine
from app.models import Base
from tests.driving import end_everything_in, script
from tests.postgresql import PostgresqlServer

KEY = "test-key-with-every-scope"
# Where statements are made, and of the API the tests that lead to statements which those do not.
ON_POSTGRESQL = (
    "core/",
    "services/",
    "background/",
    "server/",
    "test_database.py",
    "http/test_authenticator.py",
    "http/test_browser_sessions.py",
    "http/test_taken_keys.py",
    "api/test_asset_galleries.py",
    "api/test_attention.py",
    "api/test_assets.py",
    "api/test_bulk_choices.py",
    "api/test_bulk_edits.py",
    "api/test_catalogue.py",
    "api/test_content_hashes.py",
    "api/test_document.py",
    "api/test_exports.py",
    "api/test_image_choices.py",
    "api/test_numbers_in_addresses.py",
    "api/test_overview.py",
    "api/test_recent_assets.py",
    "api/test_replacement_queue.py",
    "api/test_runs.py",
    "api/test_triggers.py",
)

# A busy machine is no failure: what is slow is shown by benchmarks. CI tries more than a person waits for.
settings.register_profile("project", deadline=None, max_examples=100 if os.environ.get("CI") else 25)
settings.load_profile("project")

FOLDERS = ("ASSET_PATH", "MANUAL_ASSET_PATH", "BACKUP_PATH", "MEDIA_PATH")
# Where config.json puts artwork unless a test says otherwise: folders of the machine, not of the test.
REAL_FOLDERS = ("/assets", "/manualassets", "/assetsbackup")


def refuse_real_folders(event, arguments):
    """An audit hook: a test that would write artwork into the machine's own folders fails."""
    if event not in ("open", "os.mkdir"):
        return
    path, changes = arguments[0], event == "os.mkdir" or arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if changes and isinstance(path, str | Path) and str(path).startswith(REAL_FOLDERS):
        raise AssertionError(f"{path} belongs to the machine: set ASSET_PATH to a folder of the test.")


def pytest_configure():
    """Refuse the machine's folders, and have werkzeug compile each URL rule once, not once an application."""
    sys.addaudithook(refuse_real_folders)
    compile_builder = Rule._compile_builder
    compiled_by_text = {}

    def compile_once(self, append_unknown=True):
        key = (str(self._trace), str(self.defaults), append_unknown)
        if key not in compiled_by_text:
            compiled_by_text[key] = compile_builder(self, append_unknown)
        return compiled_by_text[key]

    Rule._compile_builder = compile_once


def pytest_collection_modifyitems(items):
    """Mark what runs on PostgreSQL too, where there is one."""
    for item in items:
        place = item.path.relative_to(Path(__file__).parent).as_posix()
        if "database_url" in item.fixturenames and place.startswith(ON_POSTGRESQL):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    """No test depends on what the caller's shell exports."""
    for name in list(os.environ):
        if name.startswith("APP_") or name in ("DATABASE_URL", "POSTER_SCRIPT", "RUN_TIME", "TZ", *FOLDERS):
            monkeypatch.delenv(name)
    # A first start queues a run for its demo library; who wants it says so.
    monkeypatch.setenv("DEMO", "off")


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture(scope="session")
def postgresql():
    """The PostgreSQL that TEST_POSTGRESQL_URL names, None where it names none."""
    url = os.environ.get("TEST_POSTGRESQL_URL")
    server = PostgresqlServer(url) if url else None
    yield server
    if server:
        server.close()


@pytest.fixture
def database_url(data, postgresql, request):
    """SQLite below the data folder, or a database of PostgreSQL; `make_tables` makes its tables."""
    if not postgresql:
        yield f"sqlite:///{data / 'database' / 'posterizarr.db'}"
        return
    takes_tables = "make_tables" in request.fixturenames
    with postgresql.with_tables() if takes_tables else postgresql.empty() as url:
        yield url


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory):
    """A SQLite file with all tables, made once: copying it takes a tenth of making the tables anew."""
    path = tmp_path_factory.mktemp("tables") / "empty.db"
    database = Database(f"sqlite:///{path}")
    Base.metadata.create_all(database.engine)
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    database.dispose()
    return path


@pytest.fixture
def make_tables(empty_tables):
    """Creates the tables of a database of this test; on PostgreSQL they are there already."""

    def make(database):
        if not database.is_sqlite:
            return
        path = Path(database.url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(empty_tables, path)

    return make


@pytest.fixture
def overrides(data, database_url):
    """The settings of the application, or of the machine alone."""
    return {
        "APP_DATA": data,
        "DATABASE_URL": database_url,
        "APP_API_KEY": KEY,
        "UPDATE_CHECK": "false",
        "TZ": "Europe/Berlin",
    }


@pytest.fixture
def app(overrides, make_tables):
    """The application, its folders and tables made; no thread runs."""
    app = create_app(**overrides)
    machine = app.extensions["machine"]
    furnish(machine, make_tables)
    yield app
    app.extensions["previews"].close()
    app.extensions["prices"].close()
    machine.close()


def furnish(machine, make_tables):
    machine.paths.create()
    create_config(machine.paths.config, {})
    make_tables(machine.database)


@pytest.fixture
def machine(request, overrides, make_tables):
    """The application's machine, or one without an application where a test needs none."""
    if "app" in request.fixturenames:
        yield request.getfixturevalue("app").extensions["machine"]
        return
    machine = Machine(load_settings(**overrides))
    furnish(machine, make_tables)
    yield machine
    machine.close()


@pytest.fixture
def database(machine):
    return machine.database


@pytest.fixture
def session(database):
    """A session whose writes are seen by nobody else unless the test commits."""
    with database.writing_sessions() as session:
        yield session


@pytest.fixture
def client(app):
    """A caller whose key has every scope."""
    client = app.test_client()
    client.environ_base["HTTP_X_API_KEY"] = KEY
    return client


@pytest.fixture
def anonymous(app):
    return app.test_client()


@pytest.fixture
def machine_with(data, database_url, make_tables):
    """Makes a machine whose poster script is one of tests/scripts; ends whatever its scripts left behind."""
    made = []

    def make(name, **overrides):
        settings = {"APP_DATA": data, "DATABASE_URL": database_url, "POSTER_SCRIPT": script(name)}
        machine = Machine(load_settings(**settings | overrides))
        machine.paths.create()
        make_tables(machine.database)
        made.append(machine)
        return machine

    yield make
    end_everything_in(data)
    for machine in made:
        machine.close()
