"""The secret of this installation, the key of the API key hashes."""

import os
import secrets
from pathlib import Path

from app.core.errors import Unavailable, reason_of

SECRET_BYTES = 32
ADVICE = "Restore the original file; without it every API key has to be created again."


def load_or_create(path: Path) -> bytes:
    """The secret in the file, created on first use; `Unavailable` where that is impossible."""
    try:
        create_secret(path)
        return parse_secret(path.read_bytes())
    except OSError as error:
        raise Unavailable(f"{path.name} cannot be used: {reason_of(error)}.") from error


def parse_secret(content: bytes) -> bytes:
    try:
        secret = bytes.fromhex(content.decode("ascii").strip())
    except ValueError as error:
        raise Unavailable(f"The secret of the API keys is damaged. {ADVICE}") from error
    if len(secret) != SECRET_BYTES:
        raise Unavailable(f"The secret of the API keys is damaged. {ADVICE}")
    return secret


def create_secret(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        write_new(beside)
        place_secret(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def write_new(path: Path) -> None:
    content = secrets.token_hex(SECRET_BYTES).encode() + b"\n"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def place_secret(beside: Path, path: Path) -> None:
    """Rename the finished file, unless another process was first."""
    try:
        # A link, unlike a rename, never replaces what another process put there.
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:
        place_without_links(beside, path)


def place_without_links(beside: Path, path: Path) -> None:
    """For network and FAT file systems without links: create the file under its name and write it."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(beside.read_bytes())
