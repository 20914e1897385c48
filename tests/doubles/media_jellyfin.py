"""A Jellyfin, or an Emby below /emby, that serves a media world in the shapes that the real ones answer."""

import json

from tests.doubles.image_host import Double
from tests.doubles.jellyfin_pictures import JellyfinPictures
from tests.doubles.media_world import COLLECTION, FILM, SHOW, MediaEpisode, MediaItem, MediaLibrary

TOKEN = "token-of-jellyfin"
TYPES = {FILM: "Movie", SHOW: "Series", COLLECTION: "BoxSet"}
KINDS = {FILM: "movies", SHOW: "tvshows", None: None}


class MediaJellyfin(JellyfinPictures, Double):
    """`root` is the path below which it answers. `ignores_filters` sends virtual rows although not wanted.

    `nulls` answers null for every member that is empty, and `tag_items` answers tags in TagItems only.
    """

    ignores_filters = True
    nulls = False
    tag_items = False

    def __init__(self, world, root=""):
        super().__init__(world)
        self.root = root
        self.start_pictures()

    @property
    def url(self):
        return super().url + self.root

    def respond(self, handler, status, document):
        if status is None:
            return
        if isinstance(document, bytes):
            handler.send(status, document, Content_Type="image/jpeg")
        elif status == 204:
            handler.send(status)
        else:
            super().respond(handler, status, document)

    def answer(self, path, query, handler):
        if path.removeprefix(self.root) == "/System/Info/Public":
            return 200, self.info()
        if handler.headers.get("Authorization") != f'MediaBrowser Token="{TOKEN}"':
            return 401, ""
        if not path.startswith(f"{self.root}/"):
            return 404, ""
        steps = [step.lower() for step in path.removeprefix(self.root).strip("/").split("/")]
        if steps[:1] == ["system"]:
            configuration = {"PreferredMetadataLanguage": "en", "MetadataCountryCode": "US"}
            return 200, self.info() if steps == ["system", "info"] else configuration
        if steps == ["library", "virtualfolders"]:
            return 200, [self.folder(library) for library in self.world.libraries]
        if steps == ["items"]:
            kind, key = ("detail", query["Ids"]) if "Ids" in query else ("listing", "")
            key = int(key) if key.isdigit() else None
            return self.answer_kind(handler, kind, key, "", lambda: (200, self.page(query)))
        if steps[:1] == ["items"] and steps[2:3] == ["images"]:
            return self.picture_request(steps, query, handler)
        if steps[:1] == ["items"] and steps[2:3] == ["remoteimages"] and self.is_item(int(steps[1])):
            return self.remote_request(steps, query, handler)
        if steps[:1] == ["items"] and len(steps) > 1 and steps[1].isdigit() and self.is_item(int(steps[1])):
            kind = "edit" if handler.command == "POST" else "detail"
            return self.answer_kind(handler, kind, int(steps[1]), "", lambda: self.one(steps, handler))
        return 404, ""

    def info(self):
        kind = (
            {"Version": "4.8.11.0"} if self.root else {"Version": "10.10.3", "ProductName": "Jellyfin Server"}
        )
        return {"ServerName": "double", "Id": "s", **kind}

    def folder(self, library: MediaLibrary):
        language, _, country = library.language.partition("-")
        return {
            "Name": library.name,
            "CollectionType": KINDS.get(library.kind, library.kind),
            "ItemId": f"f{library.key}",
            "Locations": list(library.roots) or None,
            "LibraryOptions": {
                "PathInfos": [{"Path": root, "NetworkPath": None} for root in library.roots],
                "PreferredMetadataLanguage": language or None,
                "MetadataCountryCode": country or None,
            },
        }

    def page(self, query):
        found = [row for row in self.rows(query.get("ParentId", "")) if self.fits(row, query)]
        start = int(query.get("StartIndex", 0))
        limit = int(query.get("Limit", len(found)))
        return {
            "Items": found[start : start + limit],
            "TotalRecordCount": len(found),
            "StartIndex": start,
        }

    def one(self, steps, handler):
        """A whole item, which Jellyfin also takes; Emby takes tags that are added or deleted."""
        key = int(steps[1])
        if handler.command == "GET":
            return 200, next(row for row in self.rows("") if row["Id"] == steps[1])
        sent = json.loads(handler.body)
        names = [one["Name"] if isinstance(one, dict) else one for one in sent["Tags"] or []]
        if steps[2:] == ["tags", "add"]:
            names = [*self.labels_of(key), *names]
        elif steps[2:] == ["tags", "delete"]:
            names = [label for label in self.labels_of(key) if label not in names]
        elif self.root or sent["Id"] != steps[1]:
            return 400, ""
        self.set_labels(key, names)
        return 204, None

    def rows(self, parent):
        """The rows below a library or a show, or of the whole server."""
        for library in self.world.libraries:
            for item in library.items:
                if parent in ("", f"f{library.key}", str(item.key)):
                    yield self.row(item)
                    if item.kind == SHOW:
                        yield from (self.season(item, number) for number in item.season_numbers())
                        yield from (self.episode(item, episode) for episode in item.episodes)

    def fits(self, row, query):
        kinds = query.get("IncludeItemTypes", "").split(",")
        words = f"{row['Name']}|{row.get('OriginalTitle') or ''}".lower()
        is_kept = self.ignores_filters or row.get("LocationType") != "Virtual"
        is_asked = "Ids" not in query or row["Id"] in query["Ids"].split(",")
        is_of_kind = row["Type"] in kinds or "IncludeItemTypes" not in query
        return is_of_kind and query.get("SearchTerm", "").lower() in words and is_kept and is_asked

    def row(self, item: MediaItem):
        width, height = item.size or (None, None)
        video = {"Type": "Video", "VideoRangeType": item.dynamic_range or "SDR"}
        facts = {
            "Id": str(item.key),
            "Name": item.title,
            "Type": TYPES[item.kind],
            "OriginalTitle": item.original_title,
            "ProductionYear": item.year,
            "Path": item.path,
            "LocationType": "FileSystem",
            "ProviderIds": provider_ids(item.ids),
            "Width": width if item.kind == FILM else None,
            "Height": height if item.kind == FILM else None,
            "MediaStreams": [video] if item.kind == FILM else [],
            "MediaSourceCount": 1 + len(item.more_paths),
            "DisplayOrder": item.order,
            **self.image_tags(item.key),
            "LockData": item.key in self.locked_items,
            "UserData": {"Played": item.watched},
            **self.tags(item.key),
        }
        return self.complete({**facts, **item.facts})

    def tags(self, key):
        labels = self.labels_of(key)
        if self.tag_items:
            return {"Tags": None, "TagItems": [{"Name": label, "Id": 1} for label in labels]}
        return {"Tags": list(labels)}

    def season(self, item: MediaItem, number):
        facts = {
            "Id": str(item.season_key(number)),
            "Name": item.season_name(number),
            "Type": "Season",
            "SeriesId": str(item.key),
            "IndexNumber": number,
            "LocationType": "FileSystem" if any(one.season == number for one in item.episodes) else "Virtual",
            **self.image_tags(item.season_key(number)),
            "LockData": item.season_key(number) in self.locked_items,
            **self.tags(item.season_key(number)),
        }
        return self.complete(facts)

    def episode(self, item: MediaItem, episode: MediaEpisode):
        facts = {
            "Id": str(episode.key),
            "Name": episode.title,
            "Type": "Episode",
            "SeriesId": str(item.key),
            "SeriesName": item.title,
            "SeasonId": str(item.season_key(episode.season)),
            "SeasonName": item.season_name(episode.season),
            "ParentIndexNumber": episode.season,
            "IndexNumber": episode.number,
            "IndexNumberEnd": episode.end,
            "Path": episode.file,
            "LocationType": "FileSystem",
            "ProviderIds": provider_ids(episode.ids),
            "Width": episode.width,
            **self.image_tags(episode.key),
            "LockData": episode.key in self.locked_items,
            **self.tags(episode.key),
            "UserData": {"Played": episode.watched},
        }
        return self.complete({**facts, **episode.facts})

    def complete(self, facts):
        """Empty members are left out, or null."""
        is_kept = self.nulls
        return {
            name: None if value in ("", [], {}) else value
            for name, value in facts.items()
            if is_kept or value not in ("", [], {}, None)
        } | {"Name": facts["Name"]}


def provider_ids(ids):
    return {name.capitalize(): value for name, value in ids.items()}
