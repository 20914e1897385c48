"""A site whose runs upload to its media server."""

from app.poster.records.server_art import Slot
from tests.poster.pipeline.site import Site
from tests.poster.program import read_outcome

UPLOAD = {"PlexUpload": "true", "TitleCards": "true"}
POSTER = "Movies/Alien (1979)/poster.jpg"
BACKGROUND = "Movies/Alien (1979)/background.jpg"


class UploadSite(Site):
    """A site whose runs upload; with ALIEN as the film's key."""

    def __init__(self, name, data, media):
        super().__init__(name, data, media)
        self.alien, self.dark = self.world.items()

    def run(self, *arguments, common=None, **server):
        return super().run(*arguments, common={**UPLOAD, **(common or {})}, **server)

    def places(self) -> dict[str, tuple[int, Slot]]:
        """Where each made file belongs."""
        show = f"TV Shows/{self.dark.path.rsplit('/', 1)[-1]}"
        found = {
            POSTER: (self.alien.key, Slot.POSTER),
            BACKGROUND: (self.alien.key, Slot.BACKGROUND),
            f"{show}/poster.jpg": (self.dark.key, Slot.POSTER),
            f"{show}/background.jpg": (self.dark.key, Slot.BACKGROUND),
        }
        for number in self.dark.season_numbers():
            found[f"{show}/Season{number:02}.jpg"] = (self.dark.season_key(number), Slot.POSTER)
        for row in self.dark.episodes:
            found[f"{show}/S{row.season:02}E{row.number:02}.jpg"] = (row.key, Slot.POSTER)
        return found

    def shown(self) -> dict[str, bytes]:
        return {path: self.double.shown_bytes(*place) for path, place in self.places().items()}

    def outcome(self) -> dict:
        return read_outcome(self.data, "normal.json")

    def sent(self) -> int:
        """How many uploads were taken since the last time."""
        count = len(self.double.uploads)
        self.double.forget_requests()
        return count
