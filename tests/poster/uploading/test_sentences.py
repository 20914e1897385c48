"""Each failed call ends, waits or stops the uploads as its status says, in a sentence about what to do."""

import pytest

from app.poster.applying.publishing import digest
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.picture_type import picture_type
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.sending import NOT_READ, Sending, read_after
from app.poster.uploading.sentences import may_have_arrived, may_pass, upload_trouble
from app.poster.web.trouble import Trouble, WebTrouble
from tests.poster.uploading.pictures import AGENTS, BY_HAND, OF_KOMETA, OURS, re_encoded

SERVER = ServerSettings(SourceName.JELLYFIN, "JellyfinPart", "http://nas", "key", "ApiPart.JellyfinAPIKey")
BROKEN, UNREACHABLE = Trouble.BROKEN, Trouble.UNREACHABLE
CASES = [
    (UNREACHABLE, 0, "", True, True, "Jellyfin: lost, or correct JellyfinPart.JellyfinUrl; the next run"),
    (Trouble.CERTIFICATE, 0, "final stops", False, True, "a certificate of another name or authority"),
    (Trouble.REFUSED, 302, "final", False, False, "another address (302); set JellyfinPart.JellyfinUrl"),
    (Trouble.REFUSED, 400, "final", False, False, "refused the picture (400)"),
    (Trouble.KEY_REFUSED, 401, "final stops", False, False, "refused the key; set ApiPart.JellyfinAPIKey"),
    (Trouble.KEY_REFUSED, 403, "final", False, False, "does not let this key change pictures (403)"),
    (Trouble.NOT_FOUND, 404, "final gone", False, False, "does not know the item any more"),
    (UNREACHABLE, 408, "", True, True, "an error of its own (408)"),
    (Trouble.REFUSED, 415, "final", False, False, "make it a JPEG or PNG"),
    (UNREACHABLE, 425, "", True, False, "an error of its own (425)"),
    (Trouble.TOO_MANY, 429, "", True, False, "takes no more requests for the moment (429)"),
    (UNREACHABLE, 500, "", True, True, "an error of its own (500)"),
    (UNREACHABLE, 507, "final", False, False, "The disk of Jellyfin is full (507)"),
]


@pytest.mark.parametrize(("trouble", "status", "marks", "passes", "arrived", "words"), CASES)
def test_the_status_says_what_follows_and_the_sentence_what_to_do(
    trouble, status, marks, passes, arrived, words
):
    failed = WebTrouble(trouble, "Jellyfin: lost", status)
    found = upload_trouble(SERVER, failed)
    assert words in str(found)
    given = {"final": found.is_final, "stops": found.stops, "gone": found.is_gone}
    assert [name for name, is_set in given.items() if is_set] == marks.split()
    assert (may_pass(failed), may_have_arrived(failed)) == (passes, arrived)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x89PNG", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"BM....", "image/bmp"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "image/jpeg"),
        (b"", "image/jpeg"),
    ],
)
def test_the_content_type_follows_the_bytes(content, kind):
    assert picture_type(content) == kind


class Showing:
    """A receiver that shows these bytes, or cannot be asked where they are None."""

    def __init__(self, content: bytes | None):
        self.content = content

    def read(self, place: Place, shown: Shown) -> bytes:
        if self.content is None:
            raise UploadTrouble("Jellyfin: lost")
        return self.content


@pytest.mark.parametrize(
    ("content", "state", "owner", "validator"),
    [
        (OURS, UploadState.APPLIED, Owner.OURS, "v1"),
        (re_encoded(OURS), UploadState.RE_ENCODED, Owner.OURS, "v1"),
        (AGENTS, UploadState.WAITING, Owner.SERVER, ""),
        (b"", UploadState.WAITING, Owner.SERVER, ""),
        (BY_HAND, UploadState.OVERWRITTEN, Owner.SERVER, "v1"),
        (OF_KOMETA, UploadState.OVERWRITTEN, Owner.TOOL, "v1"),
        (None, UploadState.APPLIED, Owner.OURS, ""),
    ],
)
def test_what_became_of_an_upload_follows_from_the_bytes_that_are_shown(content, state, owner, validator):
    place = Place(SourceName.JELLYFIN, "10", Slot.POSTER)
    begun = UploadRecord(place, UploadState.WAITING, digest(OURS), before=Shown("a0", sha256=digest(AGENTS)))
    shown = Shown("a1", "v1", owner=Owner.SERVER)
    found = read_after(Sending(Showing(content), place, OURS), begun, shown)
    assert (found.state, found.shown.owner, found.shown.validator) == (state, owner, validator)
    assert found.at.tzinfo and (NOT_READ in found.why) is (content is None)
    assert found.shown.size == len(content or b"")
