"""The four keys of Tautulli's documented template, and which of them the script uses."""

from app.core.errors import Invalid

MEDIA_TYPE = "mediatype"
RATING, PARENT, GRANDPARENT = "RatingKey", "parentratingkey", "grandparentratingkey"
KEYS = (RATING, MEDIA_TYPE, PARENT, GRANDPARENT)
MEDIA_TYPES = ("movie", "show", "season", "episode")
USED = {"movie": (RATING,), "show": (RATING,), "season": (PARENT,), "episode": (GRANDPARENT, PARENT)}


def used_key(told: dict[str, str]) -> str:
    """The rating key that the script looks up for this media type."""
    names = USED[told[MEDIA_TYPE]]
    found = next((told[name] for name in names if told.get(name)), None)
    if found is None:
        raise Invalid(f"mediatype {told[MEDIA_TYPE]} needs {' or '.join(names)}.")
    return found
