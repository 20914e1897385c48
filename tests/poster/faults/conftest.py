"""The helper that forks runs, and small disks that leave no mount."""

import os
import subprocess

import pytest

from tests.poster.forked import script_forge

LARGE = 64 * 1024 * 1024


@pytest.fixture
def forge():
    with script_forge(is_small=True) as made:
        yield made


@pytest.fixture
def small_disk(tmp_path):
    """A disk whose size can be changed, taken away again; skipped where none can be mounted."""
    disk = SmallDisk(tmp_path / "disk")
    yield disk
    disk.leave()


class SmallDisk:
    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        if trouble := self._mount(f"size={LARGE}"):
            pytest.skip(f"a small disk cannot be mounted here: {trouble}")

    def leave_pages(self, pages: int) -> None:
        """Have so many pages of room."""
        facts = os.statvfs(self.folder)
        used = facts.f_blocks - facts.f_bfree
        self._resize((used + pages) * facts.f_frsize)

    def leave_room(self) -> None:
        self._resize(LARGE)

    def leave(self) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _resize(self, size: int) -> None:
        assert not self._mount(f"remount,size={size}")

    def _mount(self, options: str) -> str:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        return subprocess.run(command, capture_output=True, text=True).stderr.strip()
