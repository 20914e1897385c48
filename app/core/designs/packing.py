"""A design as one file: a zip with design.json, its overlays and fonts, and the licences of the fonts."""

import json
import stat
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from app.core.designs.design_record import FILE, DesignRecord
from app.core.errors import Invalid, Unavailable, reason_of

ENDING = ".posterizarr"
MIME_TYPE = "application/zip"
# Room for large overlays; what a fresh disk holds of one design.
LARGEST_MEMBER = 16 * 1024 * 1024
LARGEST_PACKED = 32 * 1024 * 1024
LARGEST_WHOLE = 48 * 1024 * 1024
LARGEST_DOCUMENT = 256 * 1024
MOST_MEMBERS = 80
# The same design gives the same bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)
ENCRYPTED = 0x1
TROUBLES = (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, LookupError)


def packed_design(record: DesignRecord) -> bytes:
    """The bytes of the file; `Unavailable` where a part of the design is missing."""
    packed = BytesIO()
    document = json.dumps(record.document(), indent=2, ensure_ascii=False) + "\n"
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(member(FILE), document.encode())
        for name in (*record.files, *record.licence_files):
            try:
                archive.writestr(member(name), (record.folder / name).read_bytes())
            except OSError as error:
                raise Unavailable(f"{name} of the design cannot be read: {reason_of(error)}.") from error
    return packed.getvalue()


def member(name: str) -> ZipInfo:
    found = ZipInfo(name, MOMENT)
    found.compress_type = ZIP_DEFLATED
    found.external_attr = 0o644 << 16
    return found


def unpacked_design(content: bytes) -> dict[str, bytes]:
    """The files of a zip by name; `Invalid` for one that is broken, too large, or holds anything but files.

    What its headers promise is not believed: no more than the limits is ever unpacked.
    """
    if len(content) > LARGEST_PACKED:
        raise Invalid(f"A design may have {LARGEST_PACKED // 1024**2} MiB at most.")
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            refuse_strange_members(members)
            return read_members(archive, members)
    except TROUBLES as error:
        raise Invalid("The file is no design: it is no zip that can be read.") from error


def refuse_strange_members(members: list[ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        raise Invalid(f"A design may hold {MOST_MEMBERS} files at most.")
    if len({name.casefold() for name in names}) != len(names):
        raise Invalid("The design holds two files of one name.")
    for found in members:
        if found.flag_bits & ENCRYPTED:
            raise Invalid("The design is encrypted.")
        if not is_plain_file(found):
            raise Invalid(f"{found.filename[:80]!a} in the design is no plain file beside the others.")


def is_plain_file(found: ZipInfo) -> bool:
    """Whether it lies in no folder, leads nowhere else and is no link or device."""
    kind = stat.S_IFMT(found.external_attr >> 16)
    name = found.filename
    is_strange = any(mark in name for mark in "/\\:\0") or name.startswith(".") or not name.isprintable()
    return kind in (0, stat.S_IFREG) and bool(name) and len(name) < 200 and not is_strange


def read_members(archive: ZipFile, members: list[ZipInfo]) -> dict[str, bytes]:
    files, whole = {}, 0
    for found in members:
        limit = LARGEST_DOCUMENT if found.filename == FILE else LARGEST_MEMBER
        with archive.open(found) as part:
            content = part.read(limit + 1)
        whole += len(content)
        if len(content) > limit or whole > LARGEST_WHOLE:
            raise Invalid(f"{found.filename} is too large for a design.")
        files[found.filename] = content
    return files
