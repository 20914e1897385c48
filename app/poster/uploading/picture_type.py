"""The content type of a picture by its bytes."""

BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}


def picture_type(content: bytes) -> str:
    """ "image/jpeg" and so on, whatever the file is called; "image/jpeg" for what is not known."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    found = (kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning))
    return next(found, "image/jpeg")
