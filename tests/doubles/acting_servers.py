"""Media servers that note what they are told to do; `acted` holds (method, path, query) of each."""

import re

from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import MediaPlex

PLEX = re.compile(r"/library/(metadata/(\d+)/(refresh|analyze)|sections/(\d+)/(refresh|emptyTrash))")
METHODS = {"refresh": ("PUT", "GET"), "analyze": ("PUT",), "emptyTrash": ("PUT",)}
JELLYFIN = re.compile(r"/Items/(\d+)/Refresh")
MODES = ("ValidationOnly", "Default", "FullRefresh")


class ActingPlex(MediaPlex):
    def __init__(self, world):
        super().__init__(world)
        self.acted = []

    def answer(self, path, query, handler):
        status, document = super().answer(path, query, handler)
        asked = PLEX.fullmatch(path)
        if status == 401 or not asked:
            return status, document
        verb = asked[3] or asked[5]
        wanted = METHODS[verb][-1 if asked[4] else 0]
        if handler.command != wanted or not self.knows(asked):
            return 404, ""
        self.acted.append((handler.command, path, query))
        return 200, ""

    def knows(self, asked):
        if asked[4]:
            return any(library.key == int(asked[4]) for library in self.world.libraries)
        return self.world.find(int(asked[2]))[1] is not None


class ActingJellyfin(MediaJellyfin):
    def __init__(self, world, root=""):
        super().__init__(world, root)
        self.acted = []

    def answer(self, path, query, handler):
        asked = JELLYFIN.fullmatch(path.removeprefix(self.root))
        if not asked or handler.headers.get("Authorization", "") == "":
            return super().answer(path, query, handler)
        if self.world.find(int(asked[1]))[1] is None:
            return 404, ""
        modes = query["MetadataRefreshMode"], query["ImageRefreshMode"]
        if handler.command != "POST" or not all(mode in MODES for mode in modes):
            return 400, ""
        self.acted.append((handler.command, path, query))
        return 204, None
