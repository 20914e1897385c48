from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path

import pytest

from app.config import VARIABLES, Settings, SettingsError, load_settings

PAGES = Path(__file__).parent / "ui" / "built"
GOOD = [
    ("APP_ROOT", "/opt/posterizarr", Path("/opt/posterizarr")),
    ("APP_DATA", "/config", Path("/config")),
    ("APP_HOST", "0.0.0.0", "0.0.0.0"),
    ("APP_HOST", "[::1]", "::1"),
    ("APP_HOST", "poster-box.lan", "poster-box.lan"),
    ("APP_PORT", "65535", 65535),
    ("APP_BASE_PATH", "posterizarr/", "/posterizarr"),
    ("APP_BASE_PATH", "/", ""),
    ("APP_API_KEY", "a b", "a b"),
    ("APP_ADMIN_PASSWORD", "pässword", "pässword"),
    ("DATABASE_URL", "sqlite:////srv/p.db", "sqlite:////srv/p.db"),
    ("DATABASE_URL", "postgresql://u:p@db/p", "postgresql+psycopg://u:p@db/p"),
    ("DATABASE_URL", "postgres://u:p@db:5433/p", "postgresql+psycopg://u:p@db:5433/p"),
    ("POSTER_SCRIPT", "/opt/Posterizarr.ps1", "/opt/Posterizarr.ps1"),
    ("ASSET_PATH", "/assets", Path("/assets")),
    ("MANUAL_ASSET_PATH", "/manual", Path("/manual")),
    ("BACKUP_PATH", "/backup", Path("/backup")),
    ("MEDIA_PATH", "/media", Path("/media")),
    ("GENERATE_MISSING", "OFF", "off"),
    ("MEDIA_SERVER_CERTIFICATE", "AB:" * 31 + "cd", "AB:" * 31 + "cd"),
    ("MEDIA_SERVER_CERTIFICATE", __file__, __file__),
    ("CLUSTER", "tcp://scheduler:8786/", "tcp://scheduler:8786"),
    ("CLUSTER", "tls://[fd00::1]:8786", "tls://[fd00::1]:8786"),
    ("UI_PATH", str(PAGES), PAGES),
    ("DEMO", "off", False),
    ("TZ", "Europe/Berlin", "Europe/Berlin"),
    ("RUN_TIME", "1:30, 04:05", ("01:30", "04:05")),
    ("RUN_TIME", "Disabled", ()),
    ("ARR_WAIT_TIME", "0", 0),
    ("TRIGGER_CONSUMER", "off", False),
    ("RUN_TIMEOUT", "3600", 3600),
    (
        "TRUSTED_PROXIES",
        "10.0.0.1, 172.16.0.0/12,fd00::/8",
        (ip_network("10.0.0.1"), ip_network("172.16.0.0/12"), ip_network("fd00::/8")),
    ),
    ("ALLOWED_HOSTS", "NAS.example.org, posters", frozenset({"nas.example.org", "posters"})),
    ("WEB_CONCURRENCY", "4", 4),
    ("LOG_LEVEL", "debug", "DEBUG"),
    ("EXPORT_RETENTION", "1", 1),
    ("THUMBNAIL_MEGABYTES", "16", 16),
    ("UPDATE_CHECK", "off", False),
    ("RELEASES_URL", "http://127.0.0.1:9/releases", "http://127.0.0.1:9/releases"),
]
BAD = [
    ("APP_HOST", "two words"),
    ("APP_HOST", "http://box"),
    ("APP_PORT", "0"),
    ("APP_PORT", "65536"),
    ("APP_PORT", "http"),
    ("APP_BASE_PATH", "/../up"),
    ("APP_BASE_PATH", "/a?b"),
    ("GENERATE_MISSING", "sometimes"),
    ("MEDIA_SERVER_CERTIFICATE", "/missing.pem"),
    ("MEDIA_SERVER_CERTIFICATE", "ab:cd"),
    ("CLUSTER", "scheduler:8786"),
    ("CLUSTER", "http://scheduler:8786"),
    ("CLUSTER", "tcp://scheduler"),
    ("CLUSTER", "tcp://me:secret@scheduler:8786"),
    ("UI_PATH", "/missing"),
    ("TZ", "Mars/Olympus"),
    ("TZ", "/etc/passwd"),
    ("RUN_TIME", "25:00"),
    ("RUN_TIME", "noon"),
    ("RUN_TIMEOUT", "-1"),
    ("TRUSTED_PROXIES", "proxy.lan"),
    ("TRUSTED_PROXIES", "10.0.0.0/99"),
    ("ALLOWED_HOSTS", "http://nas"),
    ("WEB_CONCURRENCY", "0"),
    ("WEB_CONCURRENCY", "99"),
    ("LOG_LEVEL", "loud"),
    ("EXPORT_RETENTION", "0"),
    ("THUMBNAIL_MEGABYTES", "15"),
    ("UPDATE_CHECK", "perhaps"),
    ("RELEASES_URL", "ftp://example.org"),
    ("RELEASES_URL", "https://"),
]
SECRETS = [variable.name for variable in VARIABLES if variable.secret]


def setting(name, environ):
    return getattr(load_settings(environ), name.lower())


@pytest.mark.parametrize(("name", "value", "expected"), GOOD)
def test_a_good_value_is_read(name, value, expected):
    assert setting(name, {name: value}) == expected


@pytest.mark.parametrize("data", [PAGES, PAGES / "data"])
def test_a_folder_of_pages_cannot_hold_the_data(data):
    with pytest.raises(SettingsError, match="UI_PATH holds APP_DATA"):
        load_settings({"UI_PATH": str(PAGES), "APP_DATA": str(data)})


def test_every_variable_has_a_good_value_among_these_tests():
    assert {name for name, _, _ in GOOD} == {variable.name for variable in VARIABLES}


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_refused_with_its_variable_the_value_and_what_is_allowed(name, value):
    allowed = next(variable.allowed for variable in VARIABLES if variable.name == name)
    with pytest.raises(SettingsError) as refusal:
        load_settings({name: value})
    assert str(refusal.value) == f"{name}={value!r} cannot be used; allowed: {allowed}."


def test_a_value_of_several_lines_is_refused_in_one_line():
    with pytest.raises(SettingsError) as refusal:
        load_settings({"APP_PORT": "80\n81"})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("value", ["mysql://u:sekret@db/p", "sekret", "postgresql://u:sekret@db:port/p"])
def test_a_bad_database_address_is_refused_without_its_password(value):
    with pytest.raises(SettingsError, match="DATABASE_URL=<REDACTED> cannot be used") as refusal:
        load_settings({"DATABASE_URL": value})
    assert "sekret" not in str(refusal.value)


def test_nothing_set_means_the_defaults():
    settings = load_settings({})
    assert (settings.app_port, settings.web_concurrency, settings.run_time) == (8000, 1, ())
    assert settings.app_data == Path.cwd() / "data"
    assert settings.database_url == f"sqlite:///{Path.cwd()}/data/database/posterizarr.db"
    assert settings.update_check is True


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_a_variable_that_is_set_to_nothing_counts_as_not_set(variable):
    assert setting(variable.name, {variable.name: "  "}) == setting(variable.name, {})


def test_every_variable_is_a_setting_and_every_setting_a_variable():
    assert {item.name for item in fields(Settings)} == {variable.name.lower() for variable in VARIABLES}


def test_only_the_environment_makes_a_container_that_listens_on_all_addresses(monkeypatch):
    monkeypatch.setattr(Path, "exists", lambda path: True)  # such as /.dockerenv in a development container
    monkeypatch.delenv("DOCKER_ENV", raising=False)
    assert setting("APP_HOST", {}) == "127.0.0.1"
    monkeypatch.setenv("DOCKER_ENV", "true")
    assert setting("APP_HOST", {}) == "0.0.0.0"
    assert setting("APP_HOST", {"APP_HOST": "127.0.0.9"}) == "127.0.0.9"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_can_lie_in_a_file(name, tmp_path):
    file = tmp_path / "secret"
    file.write_text("sqlite:////srv/from-file.db\n")
    assert setting(name, {f"{name}_FILE": str(file)}) == "sqlite:////srv/from-file.db"


def test_the_variable_wins_over_its_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from-file")
    environ = {"APP_API_KEY": "from-variable", "APP_API_KEY_FILE": str(file)}
    assert setting("APP_API_KEY", environ) == "from-variable"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_file_that_cannot_be_read_is_named_in_one_line(name, tmp_path):
    missing = tmp_path / "missing"
    with pytest.raises(SettingsError) as refusal:
        load_settings({f"{name}_FILE": str(missing)})
    assert str(refusal.value) == f"{name}_FILE={str(missing)!r} cannot be read; allowed: a text file."


def test_a_secret_file_that_is_no_text_is_refused_without_its_bytes(tmp_path):
    file = tmp_path / "secret"
    file.write_bytes(b"sekret\xff")
    with pytest.raises(SettingsError) as refusal:
        load_settings({"APP_API_KEY_FILE": str(file)})
    assert "sekret" not in str(refusal.value)


def test_a_variable_that_is_no_secret_is_not_read_from_a_file(tmp_path):
    file = tmp_path / "port"
    file.write_text("9000")
    assert setting("APP_PORT", {"APP_PORT_FILE": str(file)}) == 8000


def test_settings_do_not_show_their_secrets():
    environ = dict.fromkeys(("APP_API_KEY", "APP_ADMIN_PASSWORD"), "sekret")
    settings = load_settings({**environ, "DATABASE_URL": "postgresql://u:sekret@db/p"})
    assert "sekret" not in repr(settings)


def test_a_script_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").touch()
    told = [load_settings({"POSTER_SCRIPT": given}).poster_script for given in ("own.py", "a/b.ps1", "draw")]
    assert told == [str(tmp_path / "own.py"), str(tmp_path / "a" / "b.ps1"), "draw"]
    assert load_settings({"POSTER_SCRIPT": ""}).poster_script == ""


def test_an_override_wins_over_the_environment():
    assert load_settings({"APP_PORT": "9000"}, APP_PORT=9001).app_port == 9001


def test_an_override_of_no_setting_is_a_mistake():
    with pytest.raises(SettingsError, match="APP_PROT"):
        load_settings({}, APP_PROT=1)
