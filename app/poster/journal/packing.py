"""Records of assets as small texts: JSON, compressed with the words that all records have in common."""

import zlib
from contextlib import suppress
from dataclasses import replace
from importlib.resources import files

import msgspec

from app.poster.records.journal_entry import AssetRecord

# Never edited: what was written with these words is read with them. Each database keeps a copy of them.
WORDS = files("app.poster.journal").joinpath("record_words.json").read_bytes()


def pack_record(record: AssetRecord) -> bytes:
    """The record as compressed JSON, a quarter of what it is without the common words."""
    packer = zlib.compressobj(zdict=WORDS)
    return packer.compress(msgspec.json.encode(record)) + packer.flush()


def pack_for_entry(record: AssetRecord) -> bytes:
    """The record without the candidates that lost: most of its size, and of no use to undo a step."""
    return pack_record(replace(record, decision=replace(record.decision, considered=())))


def read_record(content: bytes | None) -> AssetRecord | None:
    """The record, None where there is none that this version can read; older ones have no common words."""
    with suppress(zlib.error, msgspec.MsgspecError):
        return msgspec.json.decode(unpack(content), type=AssetRecord) if content else None
    return None


class Digested(msgspec.Struct):
    """The one field that is read of a picture on a server."""

    sha256: str = ""


class UploadedBytes(msgspec.Struct):
    """The fields of an upload that name bytes."""

    sent_sha256: str = ""
    before: Digested = msgspec.field(default_factory=Digested)


class Uploads(msgspec.Struct):
    """A record of which only the uploads are read: many of them are read at once."""

    uploads: tuple[UploadedBytes, ...] = ()


def bytes_of_uploads(content: bytes) -> set[str]:
    """The SHA-256 of what an asset's uploads sent and replaced, "" among them where one is not known."""
    with suppress(zlib.error, msgspec.MsgspecError):
        uploads = msgspec.json.decode(unpack(content), type=Uploads).uploads
        return {name for upload in uploads for name in (upload.sent_sha256, upload.before.sha256)}
    return set()


def unpack(content: bytes) -> bytes:
    return zlib.decompressobj(zdict=WORDS).decompress(content)
