"""Colour profiles that Pillow cannot make: RGB spaces wider than sRGB."""

import struct

# Red, green and blue of Adobe RGB (1998) as XYZ under D50, and its gamma.
WIDE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
WIDE_GAMMA = 2.2
WHITE = (0.9642, 1.0, 0.8249)


def make_wide_profile():
    """An ICC profile with the primaries of Adobe RGB, as a camera or a print shop embeds one."""
    tags = {b"desc": _description(b"Wide test space"), b"wtpt": _xyz(WHITE), b"cprt": _text(b"public domain")}
    tags |= {name: _xyz(color) for name, color in zip((b"rXYZ", b"gXYZ", b"bXYZ"), WIDE, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _gamma(WIDE_GAMMA))
    table, body, place = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        padded = content + b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", place + len(body), len(content))
        body += padded
    content = struct.pack(">I", len(tags)) + table + body
    return _header(128 + len(content)) + content


def _header(length):
    head = struct.pack(">I4sI4s4s4s", length, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    return head + b"".join(_fixed(part) for part in WHITE) + b"\0" * 48


def _fixed(value):
    return struct.pack(">i", round(value * 65536))


def _xyz(values):
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _gamma(value):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def _text(content):
    return b"text\0\0\0\0" + content + b"\0"


def _description(content):
    return b"desc\0\0\0\0" + struct.pack(">I", len(content) + 1) + content + b"\0" * 79
