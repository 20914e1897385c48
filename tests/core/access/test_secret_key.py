import os
import stat
import subprocess
import sys

import pytest

from app.core.access import secret_key
from app.core.errors import Unavailable


def test_the_secret_is_made_once_and_read_ever_after(tmp_path):
    path = tmp_path / "database" / "secret.key"
    first = secret_key.load_or_create(path)
    assert len(first) == 32
    assert secret_key.load_or_create(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


def test_processes_that_start_together_agree_on_one_secret(tmp_path):
    path = tmp_path / "secret.key"
    program = (
        "import sys, pathlib; from app.core.access import secret_key;"
        "sys.stdin.read(1); print(secret_key.load_or_create(pathlib.Path(sys.argv[1])).hex())"
    )
    children = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for child in children:
        child.stdin.write("g")
        child.stdin.flush()
    secrets = {child.communicate(timeout=60)[0].strip() for child in children}
    assert secrets == {secret_key.load_or_create(path).hex()}


def test_a_file_system_without_links_still_gets_a_secret(tmp_path, monkeypatch):
    def refuse(*names):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "secret.key"
    first = secret_key.load_or_create(path)
    assert secret_key.load_or_create(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"not hex", b"abcd", b"\xff\xfe", b"00" * 31, b"00" * 33])
def test_a_damaged_secret_is_never_replaced(tmp_path, content):
    path = tmp_path / "secret.key"
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="damaged"):
        secret_key.load_or_create(path)
    assert path.read_bytes() == content


def test_a_secret_that_cannot_be_made_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable, match="secret.key cannot be used"):
        secret_key.load_or_create(tmp_path / "file" / "secret.key")
