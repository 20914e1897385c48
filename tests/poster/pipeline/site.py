"""One source with its world, and runs of the script over it."""

from tests.doubles.media_jellyfin import TOKEN as KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import small_media
from tests.poster.program import run_script, write_config

KEYS = {"Plex": ("PlexToken", TOKEN), "Jellyfin": ("JellyfinAPIKey", KEY), "Emby": ("EmbyAPIKey", KEY)}
EVERYTHING = {"BackgroundPosters": "true", "TitleCards": "true", "SeasonPosters": "true"}


class Site:
    """One source with its world, and runs of the script over it."""

    def __init__(self, name, data, media):
        self.name, self.data, self.media = name, data, media
        self.world = small_media()
        self.double = None
        if name == "Plex":
            self.double = MediaPlex(self.world)
        elif name != "Folder":
            self.double = MediaJellyfin(self.world, "/emby" if name == "Emby" else "")

    def run(self, *arguments, common=None, variables=None, sections=None, **server):
        """A run with keys of PrerequisitePart, variables, sections, and keys of the server's own one."""
        parts = {f"{name}Part": {f"Use{name}": "false"} for name in KEYS}
        if self.double:
            key, value = KEYS[self.name]
            used = {f"Use{self.name}": "true", f"{self.name}Url": self.double.url, "LibstoExclude": []}
            parts |= {f"{self.name}Part": {**used, **server}, "ApiPart": {key: value}}
        else:
            self.world.lay_out(self.media)
        parts |= sections or {}
        write_config(self.data, PrerequisitePart={**EVERYTHING, **(common or {})}, **parts)
        return run_script(self.data, *arguments, **self.variables(variables or {}))

    def variables(self, given):
        found = {} if self.double else {"MEDIA_PATH": str(self.media)}
        return {"GENERATE_MISSING": "off", **found, **given}
