"""What is said of a step beside its reason, as a code with values: rows have sentences in English."""

from app.core.coded_sentences import CodedSentence, coded_sentence, compiled_patterns

QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
SERVER = r"(?P<server>Plex|Jellyfin|Emby)"
CHANGED_TEXT = rf"(?P<old>{QUOTED}) is now (?P<new>{QUOTED})"
# Sentences of the engine's planning, undoing, uploading, exchange, journal and pipeline. `detail` is another
# sentence of these, `reason` what others said, such as the operating system.
PATTERNS = {
    "not_watched": r"the episode is not watched yet",
    "watched": r"the episode was watched",
    "same_address": r"the picture at the same address changed",
    "better": (
        r"better candidate: (?P<new>.*) of (?P<provider>\w+) instead of (?P<old>.*) of (?P<old_provider>\w+)"
    ),
    "logo": r"the logo is now (?P<address>.*) of (?P<provider>\w+)",
    "no_logo": r"text in place of the logo",
    "text": CHANGED_TEXT,
    "texts": rf"{CHANGED_TEXT}; (?P<old_second>{QUOTED}) is now (?P<new_second>{QUOTED})",
    "as_before": r"it is as it was before the run",
    "was_new": r"it was new",
    "no_bytes": r"the store does not have its earlier bytes any more",
    "written_later": r"run (?P<run>.*) wrote it after this one: undo that run first",
    "file_gone": r"the file is gone",
    "same_version": r"that version lies there already",
    "outside": r"a link leads out of the folder of pictures; FollowSymlink allows it",
    "file_interrupted": r"the run was interrupted before the file was written",
    "interrupted_changed": r"the run was interrupted, and the file has been changed since",
    "interrupted_unreadable": r"the run was interrupted, and the file cannot be read",
    "upload_interrupted": r"the run was interrupted before the server showed the picture",
    "changed_meanwhile": r"(?P<path>.*) was changed while the run worked; it is left alone",
    "edited_meanwhile": r"(?P<path>.*) was edited by a person while the run worked; it is left alone",
    "not_saved": r"not saved, (?P<reason>.*)",
    "not_deleted": r"not deleted, (?P<reason>.*)",
    "unexpected": r"unexpected (?P<reason>\w+: .*)",
    "not_uploaded_yet": r"not uploaded yet",
    "upload_begun": r"the upload was begun",
    "shows_sent": r"the server shows the bytes that were sent",
    "shows_uploaded": r"the server shows the picture that we uploaded, by its id",
    "shows_made": r"the bytes are those that we made",
    "encoded": r"the server shows our picture in its own encoding",
    "still_before": r"uploaded, but the server still shows what it had before; the next run tries again",
    "not_read": r"uploaded, but it could not be read back: (?P<detail>.*)",
    "replaced_after": r"replaced right after the upload: (?P<detail>.*)",
    "upload_over": r"to be uploaded over the art of [a-z ]+: (?P<detail>.*)",
    "may_upload": r"may be uploaded over now: (?P<detail>.*)",
    "useless_file": r"the file is of no use: (?P<reason>.*)",
    "no_quality": r"no quality makes the picture small enough",
    "too_large": (
        rf"not uploaded: too large \((?P<size>\d+) bytes\), {SERVER} or the proxy before it refuses "
        r"(?P<limit>\d+); raise the proxy's limit \(nginx: client_max_body_size\) or lower outputQuality"
    ),
    "still_bytes": r"still ours: the same bytes",
    "still_encoded": r"still ours: the server has encoded it anew",
    "earlier_ours": r"the server shows an earlier picture of ours",
    "no_picture": r"the server shows no picture any more",
    "nothing_there": r"the server shows nothing there",
    "refreshed": r"the server has put its own picture in place of ours",
    "neither": r"another picture than ours and than the server's own",
    "label": r"label \"(?P<label>.*)\" of Kometa",
    "mark": r"carries the mark \"(?P<tool>.*)\" of another tool",
    "our_mark": r"carries our mark",
    "no_mark": r"carries no mark of a tool",
    "locked": r"a person has locked it on the server",
    "selected": r"selected upload that is not ours",
    "agents": r"artwork of the server's own agents",
    "taken_back": r"our upload was taken back, the server shows what was there before",
    "none_offered": r"the server offers no picture of its own: left alone",
    "waits": r"(?P<detail>.*); the upload waits for the next run",
    "not_shown": rf"{SERVER} took the picture but does not show it; the next run tries it again",
    "own_not_shown": rf"{SERVER} agreed to show its own picture but does not; reset it again",
    "not_listed": r"the server took the backdrop but does not list it; the next run tries it again",
    "no_kind": rf"{SERVER} has no pictures of the kind (?P<kind>\w+)",
    "not_whole": (
        rf"{SERVER} does not give the item as a whole, so its tags are left as they are; "
        r"it has to be 10\.9 or newer"
    ),
    "others_sort": r"somebody else changes the backdrops of the item; the next run tries it again",
    "no_sorting": (
        rf"{SERVER} cannot change the order of the backdrops \(500\); "
        r"let it write the folders that they lie in"
    ),
    "sorting_ignored": (
        rf"{SERVER} does not change the order of the backdrops; remove those of this item there "
        r"that should not be shown first"
    ),
    "picture_gone": r"its picture is gone; the next run lists what is there",
    "backup_gone": r"its picture is gone from the server; the next backup lists what is there",
    "item_gone": rf"{SERVER} does not know the item any more; the next run lists what is there",
    "key_refused": rf"{SERVER} refused the key; set (?P<setting>\w+) to .*",
    "key_limited": rf"{SERVER} does not let this key change pictures \(403\); set (?P<setting>\w+) to .*",
    "too_many": rf"{SERVER} takes no more requests for the moment \(429\)",
    "server_error": rf"{SERVER} had an error of its own \((?P<status>\d+)\), which its log explains",
    "wrong_format": rf"{SERVER} does not take pictures of this kind \(415\); make it a JPEG or PNG",
    "disk_full": rf"The disk of {SERVER} is full \(507\); free space there",
    "moved": rf"{SERVER} answered with another address \((?P<status>\d+)\); set (?P<setting>\w+) to that one",
    "refused": rf"{SERVER} refused the picture \((?P<status>\d+)\), which its log explains",
    "tries_again": r"(?P<detail>.*); the next run tries it again",
    "place": rf"(?:the )?(?P<slot>\w+) (?:on|at) {SERVER}",
    "place_said": rf"(?:the )?(?P<slot>\w+) (?:on|at) {SERVER}: (?P<detail>.*)",
}
COMPILED = compiled_patterns(PATTERNS)


def step_detail(sentence: str) -> CodedSentence:
    """What the sentence of a row adds to its step."""
    return coded_sentence(COMPILED, sentence)
