"""Answers of Plex, which are not quite XML where a title holds a control character."""

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# The bytes below are no part of any character in UTF-8; tab and line ends may stay.
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|xfff[efEF]|6553[45]);"
)
CLOSING = (b"</MediaContainer>", b"/>")


class NoContainer(ValueError):
    """An answer that is no MediaContainer; the text says whether it was cut."""


def read_container(content: bytes) -> Element:
    """The MediaContainer of an answer, without characters that XML does not know."""
    try:
        root = fromstring(CONTROL_REFERENCE.sub(b"", CONTROL_BYTES.sub(b"", content)), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        is_cut = b"<MediaContainer" in content[:512] and not content.rstrip().endswith(CLOSING)
        raise NoContainer("the answer was cut off" if is_cut else "the answer is no XML") from error
    if root.tag != "MediaContainer":
        raise NoContainer("the answer is no MediaContainer")
    return root


def number_of(entry: Element, name: str) -> int | None:
    """The attribute as a number, None where it is missing or no number."""
    text = entry.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
