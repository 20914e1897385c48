"""The words of the journal for whose a picture is, and for what became of it on the media server."""

HAND, TOOL = "a person", "another tool"
OWNERS = ("nobody", "ours", HAND, TOOL, "the media server")
# What a person said about the file: nothing, that it is to stay, that it is to be made anew.
HOLDS = ("", "held", "released")
OVERWRITTEN, REFUSED, WAITING = "overwritten", "refused", "waiting"
# What the journal marks a picture with, and this server one that the last run over it could not make.
GLYPHS, TRUNCATED, STALE_ID, FAILED = "glyphs", "truncated", "stale_id", "failed"
# A title over a picture that has one; and before a number the size of the title.
DOUBLED, SIZE = "doubled", "size"
# What needs a person first: the first one that holds at one of its places is the state of an asset.
UPLOAD_STATES = (OVERWRITTEN, REFUSED, WAITING, "kept", "re_encoded", "applied", "taken_back")
