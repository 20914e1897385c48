"""What became of one wanted picture."""

from dataclasses import dataclass

from app.poster.pipeline.planned import Planned
from app.poster.records.journal_entry import AssetRecord
from app.poster.uploading.state import UploadResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """`was_made` says that a picture was drawn and lies in its place; `awaits_upload` that the
    server is still to be asked or sent the file, and `uploads` has what was done at each place.

    `trouble` is a sentence where the picture could not be made, else "", and `upload_trouble`
    one where its upload ended with an unforeseen error.
    """

    planned: Planned
    record: AssetRecord
    was_made: bool = False
    trouble: str = ""
    awaits_upload: bool = False
    uploads: tuple[UploadResult, ...] = ()
    upload_trouble: str = ""
