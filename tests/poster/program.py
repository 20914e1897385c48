"""The poster script as a child process, and the small things that its tests are built from."""

import json
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.forked import ROOT
from tests.poster.forked import shared_forge

COMMAND = [sys.executable, "-m", "app.poster"]


def make_environment(data: Path, **variables) -> dict[str, str]:
    """The caller's environment without what would lead the script elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_PATH") or name == "PATH"}
    return (
        kept
        | {"APP_DATA": str(data), "ASSET_PATH": str(data / "assets"), "PYTHONPATH": str(ROOT)}
        | variables
    )


def run_script(data: Path, *arguments: str, limit: float = 60, **variables) -> subprocess.CompletedProcess:
    """Run to the end in the data folder, in a process that is forked with everything loaded."""
    data.mkdir(parents=True, exist_ok=True)
    environment = make_environment(data, **variables)
    run = shared_forge().run(data, *arguments, environment=environment, limit=limit)
    return subprocess.CompletedProcess([*COMMAND, *arguments], run.code, run.output, run.errors)


def run_process(data: Path, *arguments: str, limit: float = 60, **variables) -> subprocess.CompletedProcess:
    """Run to the end in the data folder, in a process of its own, as the server does."""
    data.mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=data,
        env=make_environment(data, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=limit,
    )


def start_script(data: Path, *arguments: str, **variables) -> subprocess.Popen:
    """Start and return at once; the caller ends it."""
    data.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=data,
        env=make_environment(data, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_line(script: subprocess.Popen, text: str) -> str:
    """Read the script's output up to the line that has the text."""
    for line in script.stdout:
        if text in line:
            return line
    raise AssertionError(f"the script ended without {text!r}: {script.stderr.read()}")


def write_config(data: Path, **sections) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / "config.json").write_text(json.dumps(sections))


def make_picture(path: Path, size=(300, 450), color="#204060") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, color).save(path)
    return path


def read_log(data: Path, name: str) -> str:
    return (data / "Logs" / name).read_text("utf-8")


def read_outcome(data: Path, name: str) -> dict:
    return json.loads((data / "Logs" / name).read_text("utf-8"))


def running_file(data: Path) -> Path:
    return data / "temp" / "Posterizarr.Running"
