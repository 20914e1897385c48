"""What Pillow raises for broken pictures; it is imported when the first picture is decoded, not before."""

import struct
import zlib

BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, MemoryError, struct.error, zlib.error),
)


def decoder_errors() -> tuple[type[BaseException], ...]:
    """Everything that a picture can be broken by, or be too large with."""
    from PIL import Image

    return (*BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning)
