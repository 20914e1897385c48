"""A Jellyfin, or an Emby below /emby, of films and series."""

import json

from tests.doubles.loopback import Loopback

TOKEN = "token-of-jellyfin"


class FakeJellyfin(Loopback):
    """`items` are dicts as the real one answers them: Id, Name, Type, ProductionYear and so on."""

    def __init__(self, root=""):
        super().__init__()
        self.root = root
        self.items: list[dict] = []

    @property
    def url(self):
        return super().url + self.root

    def answer(self, path, query, headers):
        if headers.get("Authorization") != f'MediaBrowser Token="{TOKEN}"':
            return 401, ""
        if path != f"{self.root}/Items":
            return 404, ""
        found = [item for item in self.items if fits(item, query)]
        return 200, json.dumps({"Items": found, "TotalRecordCount": len(found), "StartIndex": 0})


def fits(item, query):
    is_named = query.get("SearchTerm", "").lower() in item["Name"].lower()
    is_below = "ParentId" not in query or item.get("SeriesId") == query["ParentId"]
    return item["Type"] in query["IncludeItemTypes"].split(",") and is_named and is_below


def make_film(**facts):
    known = {"Id": "a1", "Name": "Alien", "Type": "Movie", "ProductionYear": 1979}
    return {**known, "ProviderIds": {"Imdb": "tt0078748", "Tmdb": "348"}, **facts}


def make_series(**facts):
    known = {"Id": "s1", "Name": "Dark", "Type": "Series", "ProductionYear": 2017}
    return {**known, "ProviderIds": {"Tvdb": "334824"}, **facts}


def make_episode(number, season=1, **facts):
    place = {"ParentIndexNumber": season, "IndexNumber": number, "SeriesId": "s1"}
    return {"Id": f"e{season}-{number}", "Name": f"Part {number}", "Type": "Episode", **place, **facts}
