"""What a start makes out of an empty folder, and what it leaves alone in a used one."""

import json
import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import structlog
from sqlalchemy import select

from app.config import load_settings
from app.core.access.callers import SCOPES
from app.core.access.credentials import hasher, password_matches
from app.core.paths import DATA_FOLDERS
from app.extensions import Machine
from app.log import logs
from app.models import ApiKey, Run
from app.server import startup
from app.server.startup import FirstStart, StartupError, introduction, open_machine, prepare_machine
from app.services import first_start
from tests.upstream import make_history, make_past_run

PREPARE = """
from app.config import load_settings
from app.server.startup import open_machine, prepare_machine
first = prepare_machine(open_machine(load_settings()))
print("first" if first else "later")
"""


@pytest.fixture
def make_machine(data, database_url):
    """A machine over a folder that does not exist yet."""
    made = []

    def make(**settings):
        made.append(
            Machine(load_settings({}, **{"APP_DATA": data, "DATABASE_URL": database_url, **settings}))
        )
        return made[-1]

    yield make
    for machine in made:
        machine.close()


@pytest.fixture(autouse=True)
def usual_log():
    """A start takes the log of its process over; the tests after it get it back."""
    root, adopted = logging.getLogger(), logging.getLogger("gunicorn.error")
    before = root.level, adopted.propagate, logging.raiseExceptions
    yield
    logs.remove_handlers(root)
    root.level, adopted.propagate, logging.raiseExceptions = before
    structlog.reset_defaults()


def config_of(machine):
    return json.loads(machine.paths.config.read_text())


def test_the_first_start_makes_folders_config_tables_and_credentials(make_machine):
    machine = make_machine()
    first = prepare_machine(machine)
    assert all((machine.paths.data / name).is_dir() for name in DATA_FOLDERS)
    stored = config_of(machine)["WebUI"]["basicAuthPassword"]
    assert password_matches(stored, first.password) and not hasher.check_needs_rehash(stored)
    with machine.database.reading() as session:
        (key,) = session.scalars(select(ApiKey))
    assert (key.name, tuple(key.scopes)) == ("first key", SCOPES)
    assert first.key.startswith(key.prefix)


def test_a_later_start_makes_nothing(make_machine):
    prepare_machine(make_machine())
    machine = make_machine()
    before = machine.paths.config.read_bytes()
    assert prepare_machine(machine) is None
    assert machine.paths.config.read_bytes() == before


def test_no_password_is_made_where_one_is_given(make_machine):
    machine = make_machine(APP_ADMIN_PASSWORD="chosen")
    assert prepare_machine(machine).password is None
    assert config_of(machine)["WebUI"]["basicAuthPassword"] == ""
    assert "chosen" not in machine.paths.config.read_text()


def test_a_config_that_the_user_brings_is_left_alone(make_machine, data):
    data.mkdir()
    (data / "config.json").write_text('{"Mine": 1}')
    first = prepare_machine(make_machine())
    assert (data / "config.json").read_text() == '{"Mine": 1}'
    assert first.password is None and first.key


def test_revoking_every_key_makes_no_new_first_key(make_machine):
    machine = make_machine()
    prepare_machine(machine)
    with machine.database.writing() as session:
        session.delete(session.scalar(select(ApiKey)))
    assert prepare_machine(machine) is None


def test_artwork_goes_below_the_data_folder_where_nothing_is_mounted(make_machine, data, monkeypatch):
    monkeypatch.setattr(startup, "ASSET_FOLDERS", places(data.parent / "nowhere"))
    machine = make_machine()
    prepare_machine(machine)
    for key, name in (
        ("AssetPath", "assets"),
        ("ManualAssetPath", "manualassets"),
        ("BackupPath", "assetsbackup"),
    ):
        assert config_of(machine)["PrerequisitePart"][key] == str(data / name)
        assert (data / name).is_dir()


def places(root):
    return {key: (name, f"{root}{mounted}", below) for key, (name, mounted, below) in ORIGINAL.items()}


ORIGINAL = dict(startup.ASSET_FOLDERS)


def test_artwork_goes_where_a_folder_is_mounted(make_machine, data, tmp_path, monkeypatch):
    monkeypatch.setattr(startup, "ASSET_FOLDERS", places(tmp_path))
    monkeypatch.setenv("DOCKER_ENV", "true")
    (tmp_path / "assets").mkdir()
    machine = make_machine()
    prepare_machine(machine)
    assert config_of(machine)["PrerequisitePart"]["AssetPath"] == str(tmp_path / "assets")
    assert config_of(machine)["PrerequisitePart"]["BackupPath"] == str(data / "assetsbackup")


def test_a_folder_of_that_name_is_not_taken_outside_of_our_image(make_machine, data, tmp_path, monkeypatch):
    monkeypatch.setattr(startup, "ASSET_FOLDERS", places(tmp_path))
    (tmp_path / "assets").mkdir()
    machine = make_machine()
    prepare_machine(machine)
    assert config_of(machine)["PrerequisitePart"]["AssetPath"] == str(data / "assets")


def test_artwork_goes_where_the_environment_says(make_machine, tmp_path):
    machine = make_machine(ASSET_PATH=tmp_path / "chosen")
    prepare_machine(machine)
    assert config_of(machine)["PrerequisitePart"]["AssetPath"] == str(tmp_path / "chosen")


def test_a_database_elsewhere_gets_its_folder(make_machine, tmp_path):
    file = tmp_path / "else where" / "p.db"
    prepare_machine(make_machine(DATABASE_URL=f"sqlite:///{file}"))
    assert file.is_file()


def test_a_file_in_the_way_of_a_folder_is_named(make_machine, data):
    data.mkdir()
    (data / "Logs").write_text("no folder")
    with pytest.raises(StartupError, match=r"Logs cannot be written: File exists\.$"):
        prepare_machine(make_machine())


def test_a_file_that_is_no_database_is_told(make_machine, data, tmp_path):
    file = tmp_path / "p.db"
    file.write_bytes(b"no database" * 1000)
    with pytest.raises(StartupError, match=r"^The database /.+/p\.db cannot be used: file is not"):
        prepare_machine(make_machine(DATABASE_URL=f"sqlite:///{file}"))


def test_a_damaged_secret_of_the_keys_is_told(make_machine, data):
    (data / "database").mkdir(parents=True)
    (data / "database" / "secret.key").write_text("damaged")
    with pytest.raises(StartupError, match="secret of the API keys is damaged"):
        prepare_machine(make_machine())


def test_a_missing_driver_is_told_with_what_installs_it(monkeypatch):
    # As where the extra was not installed.
    monkeypatch.setitem(sys.modules, "psycopg", None)
    settings = load_settings({"DATABASE_URL": "postgresql://u@h/d"})
    with pytest.raises(StartupError, match=r"psycopg: \S+ -m pip install '\.\[postgresql\]'"):
        open_machine(settings)


def test_of_two_first_starts_at_once_one_shows_the_key(data, database_url):
    environ = {"APP_DATA": str(data), "DATABASE_URL": database_url, "APP_ADMIN_PASSWORD": "chosen"}
    children = [
        subprocess.Popen([sys.executable, "-c", PREPARE], env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = sorted(child.communicate(timeout=60)[0].split()[-1] for child in children)
    assert answers == ["first", "later"]


def test_the_credentials_are_in_a_box_and_in_no_representation(tmp_path):
    first = FirstStart("the-password", "the-key")
    lines = introduction(first, tmp_path).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "the-password" in introduction(first, tmp_path) and "the-key" in introduction(first, tmp_path)
    assert str(tmp_path) in lines[1]
    assert "the-" not in repr(first)
    assert "password" not in introduction(replace(first, password=None), tmp_path)


def test_a_password_is_of_letters_and_digits_and_another_each_time():
    passwords = {startup.new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(len(password) == 16 and password.isalnum() for password in passwords)


def test_of_starts_at_the_same_time_one_makes_the_password_that_is_shown(make_machine, monkeypatch):
    monkeypatch.setattr(startup, "hash_password", lambda password: password)  # its time parts the starts
    machine = make_machine()
    machine.paths.create()
    begin = threading.Barrier(4)

    def start(number):
        begin.wait()
        return startup.make_config(machine)

    for _ in range(20):
        with ThreadPoolExecutor(4) as threads:
            shown = [password for password in threads.map(start, range(4)) if password]
        assert shown == [config_of(machine)["WebUI"]["basicAuthPassword"]]
        machine.paths.config.unlink()


def test_databases_of_the_old_program_without_settings_are_taken_over_and_get_no_demo(make_machine, data):
    make_history(data, make_past_run())
    machine = make_machine(DEMO="on")
    first = prepare_machine(machine)
    assert first.password and first.key and not first.has_demo
    with machine.database.reading() as session:
        assert session.scalar(select(Run.notes)) == "taken over from runtime_stats.db"


@pytest.mark.parametrize(
    ("settings", "content", "leads"),
    [
        ({}, None, True),
        ({"DEMO": "on"}, None, True),
        ({"MEDIA_PATH": "/media"}, None, False),
        ({"POSTER_SCRIPT": sys.executable}, None, False),
        ({}, {"PlexPart": {"UsePlex": "true"}}, False),
        ({}, {"PlexPart": {"UsePlex": "false"}}, True),
    ],
)
def test_home_leads_to_the_first_start_where_nothing_says_which_library_is_meant(
    make_machine, data, settings, content, leads
):
    data.mkdir()
    if content:
        (data / "config.json").write_text(json.dumps(content))
        make_history(data, make_past_run())
    machine = make_machine(**settings)
    prepare_machine(machine)
    assert first_start.leads_to_start(machine) is leads
    first_start.leave_start(machine)
    prepare_machine(machine)
    assert not first_start.leads_to_start(machine)
