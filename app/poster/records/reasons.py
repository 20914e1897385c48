"""Why something is done or left: a code for records, and the sentence that people read."""

from enum import Enum


class Action(Enum):
    """What a step does."""

    CREATE = "create"
    REPLACE = "replace"
    SKIP = "skip"
    UPLOAD = "upload"
    DELETE = "delete"
    RESTORE = "restore"
    PUT = "put"
    HOLD = "hold"
    RELEASE = "release"


# These change what a person said about a file, and no byte of it.
HOLDING = frozenset((Action.HOLD, Action.RELEASE))


class Owner(Enum):
    """Whose the file or the picture on the server is."""

    NOBODY = "nobody"
    OURS = "ours"
    HAND = "a person"
    TOOL = "another tool"
    SERVER = "the media server"


class Reason(Enum):
    """Why a step does what it does; the value is the code, which never changes."""

    def __new__(cls, code: str, sentence: str):
        reason = object.__new__(cls)
        reason._value_ = code
        return reason

    def __init__(self, code: str, sentence: str):
        self.sentence = sentence

    NEW = "new", "there is no file yet"
    MISSING = "missing", "the file was made before and is gone"
    SOURCE_CHANGED = "source_changed", "another source picture was chosen"
    TEXT_CHANGED = "text_changed", "text changed"
    FONT_CHANGED = "font_changed", "font changed"
    OVERLAY_CHANGED = "overlay_changed", "overlay changed"
    DESIGN_CHANGED = "design_changed", "settings changed"
    ENGINE_CHANGED = "engine_changed", "drawn by another version"
    ASKED = "asked", "asked for by name"
    UNFINISHED = "unfinished", "an interrupted run left it"
    UNCHANGED = "unchanged", "nothing changed"
    ADOPTED = "adopted", "made before the journal began: kept"
    BY_HAND = "by_hand", "artwork by hand: left alone"
    OTHER_TOOL = "other_tool", "artwork of another tool: left alone"
    NOTHING_FOUND = "nothing_found", "no usable picture was found"
    ONLINE_OFF = "online_off", "online search is switched off and no own picture was found"
    LABELLED = "labelled", "labelled skip_posterizarr"
    PLACEHOLDER_TITLE = "placeholder_title", "the title is a placeholder"
    JAPANESE_TITLE = "japanese_title", "the title has Japanese, Chinese or Thai characters"
    EXCEPTED = "excepted", "left out by a person for this run"
    RULED_OUT = "ruled_out", "a rule leaves it out"
    NO_FOLDER = "no_folder", "no folder of the library holds the item"
    SHARED_FOLDER = "shared_folder", "another item owns the files of this folder"
    BAD_PATH = "bad_path", "no file name can be made of it"
    FAILED = "failed", "it could not be made"
    LIBRARY_GONE = "library_gone", "no listed library has it any more"
    NOT_ALLOWED_YET = "not_allowed_yet", "no listed library has it any more: deleted when that is allowed"
    UNDONE = "undone", "taken back by a person: not made of the same again"
    UNDOING = "undoing", "an earlier run is undone"
    RESTORING = "restoring", "an earlier version was asked for"
    CHANGED_SINCE = "changed_since", "changed since then: left alone"
    SYNCED = "synced", "the other server shows another picture"
    LOGO_FOUND = "logo_found", "the providers have this logo"
    NOT_MATCHED = "not_matched", "the other server has no such film or show, or several"
    RESET = "reset", "the server's own picture was asked for"
    BACKED_UP = "backed_up", "the backup does not have it yet"
    OURS_SHOWN = "ours_shown", "the server shows a picture of ours: the backup keeps the earlier one"
    RESTORED = "restored", "the backup has another picture"
    PUT_BY_HAND = "put_by_hand", "a person put this picture in its place"
    DELETED_BY_HAND = "deleted_by_hand", "a person deleted it"
    HELD = "held", "a person holds it: left alone until it is released"
    RELEASED = "released", "a person released it: made anew"
    NOTHING_OFFERED = "nothing_offered", "the server offers no picture of its own: left alone"
