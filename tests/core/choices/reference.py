"""The rules of the overview, written down plainly: slow, and made to be read."""

PATTERNS = {
    "tmdb": ["tmdb", "themoviedb"],
    "tvdb": ["tvdb", "thetvdb"],
    "fanart": ["fanart"],
    "plex": ["plex"],
}


def categories_of(row: dict[str, str], settings: dict) -> set[str]:
    """The categories of a row of the script's file under the ApiPart of a config.json."""
    if row["Manual"].lower() in ("yes", "true"):
        return {"resolved"}
    found = set()
    if is_false(row["Download Source"]):
        found.add("missing_assets")
    if is_false(row["Fav Provider Link"]):
        found.add("missing_assets_fav_provider")
    if row["Language"] and as_code(row["Language"]) != primary(row["Type"], settings):
        found.add("non_primary_lang")
    if not found & {"missing_assets", "missing_assets_fav_provider"} and is_of_another(row, settings):
        found.add("non_primary_provider")
    if row["TextTruncated"].lower() == "true":
        found.add("truncated_text")
    return found | {"assets_with_issues"} if found else found


def is_false(text: str) -> bool:
    return text.lower() in ("", "false")


def as_code(language: str) -> str:
    return "xx" if language.lower() == "textless" else language.lower()


def primary(choice_type: str, settings: dict) -> str:
    poster = first(settings["PreferredLanguageOrder"])
    small = choice_type.lower()
    if "background" in small:
        own = first(settings["PreferredBackgroundLanguageOrder"])
    elif "season" in small:
        own = first(settings["PreferredSeasonLanguageOrder"])
    elif "titlecard" in small or "episode" in small:
        own = first(settings["PreferredTCLanguageOrder"])
    else:
        own = poster
    return as_code(own or poster or "xx")


def first(order: list[str]) -> str:
    return "" if not order or order[0] == "PleaseFillMe" else order[0]


def is_of_another(row: dict[str, str], settings: dict) -> bool:
    provider = settings["FavProvider"].lower()
    if not provider:
        return False
    addresses = (row["Download Source"].lower(), row["Fav Provider Link"].lower())
    return not all(any(pattern in address for pattern in PATTERNS[provider]) for address in addresses)
