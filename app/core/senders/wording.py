"""Values made harmless for a trigger file and for the arguments that come from it."""

import re

from app.core.modes import CONTROL, DASHES

LONGEST = 4096
# Readers of trigger files take everything up to the last "]: " for the key.
KEY_END = re.compile(r"\]:(?=\s)")
LEADING = re.compile(rf"^[\s{re.escape(''.join(DASHES))}]+")


def harmless(value: str, longest: int = LONGEST) -> str:
    """The value on one line, which nobody can take for a key or a switch; "" where nothing is left."""
    one_line = CONTROL.sub(" ", value).encode("utf-8", "replace").decode()
    return LEADING.sub("", KEY_END.sub("] :", one_line))[:longest].rstrip()
