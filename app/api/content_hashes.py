"""The digests of pictures, by which an address is known to be that of the present content."""

from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.api.asset_answers import asset_answers
from app.core.assets.addresses import ROOTS
from app.core.catalogue.contents import ContentState, contents_by_path, digest_of
from app.core.state_cache import StateCache
from app.extensions import Extension, Machine, machine

ROOM = 5000
# Browsers never ask again for an address whose content cannot change.
FOR_EVER = "private, max-age=31536000, immutable"


class ContentHashes:
    """Looks each picture up once for every state of its file."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.known = StateCache(ROOM)

    def is_present(self, digest: str, prefix: str, name: str, file: Path) -> bool:
        """Whether the file below the prefix's folder has the digest; False where that is not known."""
        try:
            return bool(digest) and self.digest(prefix, name, ContentState.of(file.stat()), file) == digest
        except (OSError, SQLAlchemyError):
            return False

    def digest(self, prefix: str, name: str, state: ContentState, file: Path) -> str | None:
        found = self.known.find((prefix, name), state)
        if found:
            return found.value
        if prefix not in ROOTS:
            return self.sample_digest(file)
        digest = self.stored(prefix, name, state)
        return self.known.store((prefix, name), digest, state) if digest else None

    def stored(self, prefix: str, name: str, state: ContentState) -> str | None:
        root_id = asset_answers().root_id(ROOTS[prefix])
        with self.machine.database.reading() as session:
            row = contents_by_path(session, root_id, [name]).get(name)
        return row.digest if row and ContentState(row.size, row.modified_ns, row.created) == state else None

    def sample_digest(self, file: Path) -> str | None:
        """The digest of a sample image, which is in no index: there are few of them."""
        try:
            state = ContentState.of(file.stat())
            return self.known.value(file, lambda: read_digest(file), state)
        except OSError:
            return None


def read_digest(file: Path) -> str:
    with file.open("rb") as content:
        return digest_of(content)


content_hashes = Extension[ContentHashes]("content_hashes")


def init_app(app: Flask) -> None:
    content_hashes.attach(app, ContentHashes(machine.of(app)))
