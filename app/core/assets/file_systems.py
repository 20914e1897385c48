"""Whether the operating system reports every change on a file system."""

from pathlib import Path

import psutil

# Others can change these without this machine's kernel noticing.
SHARED = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "fuse",
    "virtiofs",
    "vboxsf",
    "ceph",
    "gluster",
    "afs",
    "fakeowner",
    "grpc",
)


def may_change_unnoticed(folder: Path) -> bool:
    return file_system_of(folder).startswith(SHARED)


def file_system_of(folder: Path) -> str:
    """The type of the innermost mount that holds the folder, "" where it is unknown."""
    place = folder.resolve()
    try:
        mounts = psutil.disk_partitions(all=True)
    except OSError:
        return ""
    holding = [mount for mount in mounts if place.is_relative_to(mount.mountpoint)]
    return max(holding, key=lambda mount: len(mount.mountpoint)).fstype if holding else ""
