"""What a failed call to a receiver means for the run, and the sentence that says what to do."""

from app.poster.records.library import SourceName
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.receiver import UploadTrouble
from app.poster.web.trouble import Trouble, WebTrouble

RIGHTS = {
    SourceName.PLEX: "the token of the server's owner",
    SourceName.JELLYFIN: "an API key, or the key of an administrator",
    SourceName.EMBY: "an API key, or the key of an administrator",
}
# An answer with one of these may be another one a moment later; so may no answer at all.
PASSING = frozenset((0, 408, 425, 429))
DISK_FULL = 507


def may_pass(trouble: WebTrouble) -> bool:
    """Whether the same call may succeed within the run."""
    if trouble.trouble is Trouble.CERTIFICATE:
        return False
    return trouble.status in PASSING or (trouble.status >= 500 and trouble.status != DISK_FULL)


def may_have_arrived(trouble: WebTrouble) -> bool:
    """Whether the server may have done what it was asked although no success was answered."""
    return trouble.status in (0, 408) or (trouble.status >= 500 and trouble.status != DISK_FULL)


def upload_trouble(server: ServerSettings, trouble: WebTrouble) -> UploadTrouble:
    """The trouble of one call after its last attempt, with what the user can do about it."""
    name = server.name.value
    if trouble.trouble is Trouble.CERTIFICATE:
        sentence = (
            f"{trouble}, because {server.address_setting} has a certificate of another name or authority"
        )
        return UploadTrouble(sentence, is_final=True, stops=True)
    if trouble.status == 401:
        sentence = f"{name} refused the key; set {server.key_setting} to {RIGHTS[server.name]}"
        return UploadTrouble(sentence, is_final=True, stops=True)
    if trouble.trouble is Trouble.NOT_FOUND:
        sentence = f"{name} does not know the item any more; the next run lists what is there"
        return UploadTrouble(sentence, is_final=True, is_gone=True)
    if may_pass(trouble):
        return UploadTrouble(f"{passing_sentence(server, trouble)}; the next run tries it again")
    return UploadTrouble(final_sentence(server, trouble), is_final=True)


def passing_sentence(server: ServerSettings, trouble: WebTrouble) -> str:
    if trouble.status == 429:
        return f"{server.name.value} takes no more requests for the moment (429)"
    if trouble.status:
        return f"{server.name.value} had an error of its own ({trouble.status}), which its log explains"
    return f"{trouble}, or correct {server.address_setting}"


def final_sentence(server: ServerSettings, trouble: WebTrouble) -> str:
    name, status = server.name.value, trouble.status
    if status == 403:
        return (
            f"{name} does not let this key change pictures (403); "
            f"set {server.key_setting} to {RIGHTS[server.name]}"
        )
    if status == 415:
        return f"{name} does not take pictures of this kind (415); make it a JPEG or PNG"
    if status == DISK_FULL:
        return f"The disk of {name} is full (507); free space there"
    if 300 <= status < 400:
        return f"{name} answered with another address ({status}); set {server.address_setting} to that one"
    return f"{name} refused the picture ({status}), which its log explains"
