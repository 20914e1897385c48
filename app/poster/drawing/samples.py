"""Pictures and words for the sample posters, so that trying out settings needs no library and no network."""

from functools import lru_cache

from PIL import Image

from app.poster.drawing.scenery import scenery

# The box of a text that is switched off.
PANEL = "#F3AC7C"
# 10, 27 and 66 characters.
SENTENCES = {
    "ShortText": "Metropolis",
    "MediumText": "A lantern burns at the quay",
    "LongText": "Long after the last train, the clockmaker counted all her old keys",
}
# What is drawn before all others, so that each kind can be looked at as early as possible.
FIRST_TEXTS = ("MediumTextCAPS", "Textless")
LABEL_NUMBER = 9999
# Seed, place and mood for each series of samples; dark and light pictures alternate.
SCENES = {
    "poster": ("quay", "sea", "dusk"),
    "SeasonPoster": ("keys", "forest", "dawn"),
    "background": ("range", "mountains", "golden"),
    "TitleCard": ("walk", "hills", "day"),
    "showPoster": ("lantern", "skyline", "night"),
    "showBackground": ("train", "dunes", "aurora"),
}


@lru_cache(maxsize=1)
def sample_picture(series: str, size: tuple[int, int]) -> Image.Image:
    """The landscape of a series of samples, a key of SCENES; it is shared and must not be changed."""
    seed, place, mood = SCENES[series]
    return scenery(seed, size, place, mood)
