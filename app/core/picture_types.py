"""What kind of picture a file is, by its first bytes."""

from pathlib import Path

SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"RIFF": "image/webp"}


def browser_type(file: Path) -> str | None:
    """The media type of a JPEG, PNG or WebP file, None for any other; OSError where it cannot be read."""
    with file.open("rb") as content:
        head = content.read(16)
    kind = next((kind for mark, kind in SIGNATURES.items() if head.startswith(mark)), None)
    return None if kind == "image/webp" and head[8:12] != b"WEBP" else kind
