"""The kinds of pictures that are made."""

from enum import Enum


class Kind(Enum):
    POSTER = "poster"
    SEASON = "season"
    COLLECTION = "collection"
    BACKGROUND = "background"
    TITLE_CARD = "title card"
    SQUARE = "square"
    LOGO = "logo"
    CLEAR_ART = "clear art"
