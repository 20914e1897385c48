"""No Docker engine runs the tests: each path, port, user and command is held against the project instead."""

import configparser
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest
import yaml

from app.cli import main
from app.cluster import PORT
from app.config import VARIABLES, load_settings
from app.server.startup import ASSET_FOLDERS
from tests.live_server import ROOT, RunningServer, free_port

ENTRYPOINT = ROOT / "deploy" / "entrypoint.sh"
HEALTHCHECK = ROOT / "deploy" / "healthcheck.py"
SETPRIV = shutil.which("setpriv")
NOT_SET_BY_US = {"PUID", "PGID", "DOCKER_ENV", "PYTHONUNBUFFERED"}

as_root = pytest.mark.skipif(os.geteuid() != 0 or SETPRIV is None, reason="needs root and setpriv")


def read_stages():
    """The Dockerfile as a list of stages, each a list of (instruction, rest)."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    stages = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stages.append([])
        if name:
            stages[-1].append((name, rest))
    return stages


def all_of(stage, name):
    return [rest for instruction, rest in stage if instruction == name]


def only(stage, name):
    (rest,) = all_of(stage, name)
    return rest


def copies(stage):
    """Sources and the target of each COPY from the project."""
    words = [[word for word in rest.split() if not word.startswith("--")] for rest in all_of(stage, "COPY")]
    return [(parts[:-1], parts[-1]) for parts in words]


WHEELS, IMAGE = read_stages()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["posterizarr"]
CLUSTER = yaml.safe_load((ROOT / "deploy" / "compose.cluster.yaml").read_text())
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg")


def environment():
    return dict(pair.split("=", 1) for rest in all_of(IMAGE, "ENV") for pair in shlex.split(rest))


def healthcheck_command():
    return json.loads(only(IMAGE, "HEALTHCHECK").partition("CMD ")[2])


def test_the_image_is_slim_and_its_python_is_one_that_we_support():
    for stage in (WHEELS, IMAGE):
        version = re.match(r"python:(\d+\.\d+)-slim", only(stage, "FROM"))[1]
        assert f"Programming Language :: Python :: {version}" in SETUP["metadata"]["classifiers"]


def test_everything_that_is_copied_exists_and_gets_past_the_ignore_file():
    lines = (ROOT / ".dockerignore").read_text().split()
    let_through = [line.removeprefix("!") for line in lines if line.startswith("!")]
    for stage in (WHEELS, IMAGE):
        for source in (source for sources, _ in copies(stage) for source in sources):
            assert (ROOT / source).exists()
            assert any(fnmatch.fnmatch(source, pattern) for pattern in let_through), source


def test_the_build_gets_all_that_the_package_is_made_of():
    copied = {source for sources, _ in copies(WHEELS) for source in sources}
    packages = {name.rstrip("*") for name in SETUP["options.packages.find"]["include"].split()}
    modules = {f"{name}.py" for name in SETUP["options"]["py_modules"].split()}
    read = {SETUP["metadata"]["long_description"].removeprefix("file: "), SETUP["metadata"]["license_files"]}
    assert copied == packages | modules | read | {"setup.py", "setup.cfg"}


def test_the_wheel_that_is_installed_is_the_one_that_was_built():
    install = next(rest for rest in all_of(IMAGE, "RUN") if "pip install" in rest)
    extras = re.search(r'pip wheel .*"\.\[([\w,]+)\]"', " ".join(all_of(WHEELS, "RUN")))[1]
    assert f'"{SETUP["metadata"]["name"]}[{extras}]"' in install
    assert {*extras.split(","), "test"} == set(SETUP["options.extras_require"])
    folder = re.search(r"--wheel-dir (\S+)", " ".join(all_of(WHEELS, "RUN")))[1]
    assert f"source={folder}" in install and "from=wheels" in install
    assert only(WHEELS, "FROM").endswith(" AS wheels")


def test_the_command_is_one_that_the_package_installs():
    name, argument = json.loads(only(IMAGE, "CMD"))
    scripts = dict(
        line.split(" = ") for line in SETUP["options.entry_points"]["console_scripts"].strip().splitlines()
    )
    assert scripts[name] == "app.cli:main"
    answer = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", argument, "--help"], cwd=ROOT, timeout=60
    )
    assert answer.returncode == 0


def test_an_init_starts_the_entrypoint_that_was_copied():
    init, dashes, script = json.loads(only(IMAGE, "ENTRYPOINT"))
    assert (init, dashes) == ("/usr/bin/tini", "--")
    installed = next(rest for rest in all_of(IMAGE, "RUN") if "apt-get install" in rest)
    assert {"tini", "libfribidi0"} <= set(installed.split())
    ((sources, target),) = copies(IMAGE)
    assert script in [target + source.rpartition("/")[2] for source in sources]
    assert "--chmod=755" in only(IMAGE, "COPY")


def test_the_health_check_runs_the_script_that_was_copied():
    python, script = healthcheck_command()
    ((sources, target),) = copies(IMAGE)
    assert python == "python"
    assert script in [target + source.rpartition("/")[2] for source in sources]


def test_the_port_is_the_default_one_everywhere():
    port = str(load_settings({}).app_port)
    assert only(IMAGE, "EXPOSE") == port
    assert [mapping.rpartition(":")[2] for mapping in COMPOSE["ports"]] == [port]
    assert f'"{port}"' in HEALTHCHECK.read_text()


def test_the_volumes_are_the_same_everywhere():
    volumes = json.loads(only(IMAGE, "VOLUME"))
    assert volumes == [entry.partition(":")[2] for entry in COMPOSE["volumes"]]
    assert {environment()["APP_DATA"], *(mounted for _, mounted, _ in ASSET_FOLDERS.values())} == set(volumes)
    made = next(rest for rest in all_of(IMAGE, "RUN") if rest.startswith("mkdir "))
    assert made == f"mkdir {' '.join(volumes)} && chown 1000:1000 {' '.join(volumes)}"
    owned = re.search(r"for folder in (.+); do", ENTRYPOINT.read_text())[1].replace('"$APP_DATA"', "/config")
    assert owned.split() == volumes


def test_every_variable_is_one_that_something_reads():
    known = {variable.name for variable in VARIABLES} | NOT_SET_BY_US
    shown = re.findall(r"^ +#? ?([A-Z_]+):", (ROOT / "compose.yaml").read_text(), re.MULTILINE)
    assert {*environment(), *shown} <= known
    assert {*COMPOSE["environment"]} <= {*shown}
    load_settings({name: str(value) for name, value in COMPOSE["environment"].items()})


def test_the_cluster_has_a_scheduler_and_two_workers_of_the_same_image_at_the_address_that_is_set():
    services = CLUSTER["services"]
    scheduler, worker = services["scheduler"], services["worker"]
    assert scheduler["image"] == worker["image"] == COMPOSE["image"]
    assert worker["deploy"]["replicas"] == 2
    for service in services.values():
        assert load_settings(service["environment"]).cluster == f"tcp://scheduler:{PORT}"
    assert str(PORT) in scheduler["healthcheck"]["test"][-1]
    for command in (scheduler["command"], worker["command"]):
        assert command[0] == json.loads(only(IMAGE, "CMD"))[0] and command[1] in main.commands


def test_nothing_of_the_cluster_is_reached_from_outside():
    assert not any(
        "ports" in service or "network_mode" in service for service in CLUSTER["services"].values()
    )
    assert CLUSTER["networks"] == {"cluster": {"internal": True}}
    assert all(CLUSTER["services"][name]["networks"] == ["cluster"] for name in ("scheduler", "worker"))


def test_the_settings_of_the_image_make_it_a_container(monkeypatch):
    monkeypatch.setenv("DOCKER_ENV", environment()["DOCKER_ENV"])
    settings = load_settings(environment())
    assert (settings.app_host, str(settings.app_data)) == ("0.0.0.0", "/config")
    assert only(IMAGE, "WORKDIR") == "/config"


@pytest.fixture(scope="module")
def entrypoint(tmp_path_factory):
    """A copy that other users get through to: a checkout may lie where only root may enter."""
    folder = tmp_path_factory.mktemp("entrypoint")
    let_others_through(folder)
    return shutil.copy(ENTRYPOINT, folder)


def let_others_through(folder):
    """Open every folder from the system's temporary folder down, which has one more under pytest-xdist."""
    for place in (folder, *folder.parents):
        if Path(tempfile.gettempdir()) in place.parents:
            place.chmod(0o755)


@pytest.fixture
def enter(entrypoint):
    return partial(run_entrypoint, entrypoint)


def run_entrypoint(entrypoint, *command, user=(), **environ):
    answer = subprocess.run(
        [*user, str(entrypoint), *command],
        env={"PATH": os.environ["PATH"], "APP_DATA": "/nowhere", **environ},
        capture_output=True,
        text=True,
        timeout=20,
    )
    return answer.returncode, answer.stdout.strip() or answer.stderr.strip()


@pytest.fixture
def data(tmp_path):
    """A data folder that other users get through to."""
    let_others_through(tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@as_root
def test_root_becomes_the_user_and_group_that_are_asked_for(enter):
    command = ("sh", "-c", "echo $(id -u):$(id -g):$(id -G)")
    assert enter(*command, PUID="1234", PGID="2345") == (0, "1234:2345:2345")
    assert enter(*command) == (0, "1000:1000:1000")
    assert enter(*command, PUID="0", PGID="0") == (0, "0:0:0")


@as_root
def test_a_fresh_data_folder_is_handed_over_and_a_used_one_kept(enter, data):
    enter("true", PUID="1234", PGID="2345", APP_DATA=str(data))
    assert (data.stat().st_uid, data.stat().st_gid) == (1234, 2345)
    enter("true", PUID="4321", PGID="2345", APP_DATA=str(data))
    assert data.stat().st_uid == 1234


@as_root
def test_a_user_that_docker_chose_stays(enter):
    user = (SETPRIV, "--reuid", "65534", "--regid", "65534", "--clear-groups", "--")
    assert enter("id", "-u", user=user, PUID="1234") == (0, "65534")


@as_root
@pytest.mark.parametrize(("name", "value"), [("PUID", "media"), ("PGID", "-1"), ("PUID", "1 2")])
def test_a_user_that_is_no_number_is_refused_in_one_line(enter, name, value):
    code, output = enter("true", **{name: value})
    assert code == 78
    assert f"{name}={value}" in output and len(output.splitlines()) == 1


@as_root
def test_the_command_replaces_the_entrypoint_so_that_signals_reach_it():
    process = subprocess.Popen(
        [str(ENTRYPOINT), "sleep", "60"], env={"PATH": os.environ["PATH"], "APP_DATA": "/nowhere"}
    )
    process.terminate()
    assert process.wait(10) == -15


def check_health(**environ):
    return subprocess.run(
        [sys.executable, str(HEALTHCHECK)], env=environ, capture_output=True, text=True, timeout=20
    )


def test_the_health_check_finds_a_server_on_another_port_and_path(tmp_path):
    with RunningServer(tmp_path / "data", APP_BASE_PATH="/posters") as server:
        settings = {"APP_PORT": str(server.port), "APP_HOST": "0.0.0.0", "APP_BASE_PATH": "posters/"}
        assert check_health(**settings).returncode == 0
        assert server.line_with("GET /posters/ping ")


def test_the_health_check_fails_where_no_server_is():
    answer = check_health(APP_PORT=str(free_port()))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
