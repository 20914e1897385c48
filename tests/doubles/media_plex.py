"""A Plex that serves a media world in the shapes that its real one answers."""

from xml.sax.saxutils import quoteattr

from tests.doubles.image_host import Double
from tests.doubles.media_world import COLLECTION, FILM, SHOW, MediaEpisode, MediaItem, MediaLibrary
from tests.doubles.plex_pictures import PlexPictures

TOKEN = "token-of-plex"
TYPES = {FILM: "1", SHOW: "2", COLLECTION: "18"}


class MediaPlex(PlexPictures, Double):
    """`takes_batches` says whether several rating keys may be asked for in one request.

    `control_characters` puts one into each summary; `cut_after` cuts an item page after so many characters.
    """

    takes_batches = True
    control_characters = False
    cut_after: int | None = None

    def __init__(self, world):
        super().__init__(world)
        self.start_pictures()

    def respond(self, handler, status, document):
        if status is None:
            return
        if isinstance(document, bytes):
            handler.send(status, document, Content_Type="image/jpeg")
        else:
            kind = "text/html" if status == 401 else "text/xml;charset=utf-8"
            handler.send(status, document.encode("utf-8", "surrogatepass"), Content_Type=kind)

    def answer(self, path, query, handler):
        if path == "/identity":
            return 200, container([], version="1.40.0", machineIdentifier="double")
        if handler.headers.get("X-Plex-Token") != TOKEN:
            return 401, "<html><head><title>Unauthorized</title></head></html>"
        steps = path.strip("/").split("/")
        if steps == [""]:
            return 200, container([], version="1.40.0", friendlyName="double")
        if steps == ["library", "sections"]:
            return 200, container([section(one) for one in self.world.libraries])
        if steps[:2] == ["library", "sections"] and steps[3:] == ["all"]:
            if handler.command == "PUT":
                return self.answer_kind(handler, "edit", None, "", lambda: self.edit(query))
            return self.answer_kind(
                handler, "listing", None, "", lambda: self.listing(int(steps[2]), query, handler.headers)
            )
        if steps[:2] == ["library", "metadata"]:
            answered = self.picture_request(steps[2:], query, handler)
            key = int(steps[2]) if steps[2].isdigit() else None
            return answered or self.answer_kind(
                handler, "detail", key, "", lambda: self.metadata(steps[2:], query)
            )
        return 404, ""

    def listing(self, number, query, headers):
        library = next((one for one in self.world.libraries if one.key == number), None)
        if library is None:
            return 404, ""
        title = query.get("title", "").lower()
        items = [
            item
            for item in library.items
            if TYPES[item.kind] == query.get("type", TYPES[item.kind])
            and title in f"{item.title}|{item.original_title}".lower()
        ]
        start = int(headers.get("X-Plex-Container-Start", 0))
        size = int(headers.get("X-Plex-Container-Size", len(items)))
        rows = [
            self.item(one, "includeGuids" in query, is_detail=False) for one in items[start : start + size]
        ]
        document = container(rows, totalSize=len(items), offset=start, librarySectionID=number)
        return 200, document[: self.cut_after] if self.cut_after else document

    def metadata(self, steps, query):
        keys = [int(key) for key in steps[0].split(",") if key.isdigit()]
        if len(keys) > 1 and not self.takes_batches:
            return 404, ""
        if steps[1:] == ["children"]:
            return self.children(keys[0])
        rows = [row for key in keys if (row := self.detail(key))]
        return (200, container(rows)) if rows else (404, "")

    def detail(self, key):
        library, item = self.world.find(key)
        if item is None or item.key == key:
            return item and self.item(item, True, is_detail=True, library=library)
        for number in item.season_numbers():
            if item.season_key(number) == key:
                return self.season(item, number)
        return next((self.episode(item, one) for one in item.episodes if one.key == key), None)

    def children(self, key):
        _, item = self.world.find(key)
        if item is None:
            return 404, ""
        if item.key == key:
            seasons = [self.season(item, number) for number in item.season_numbers()]
            return 200, container(["<Directory title='All episodes'/>", *seasons], parentTitle=item.title)
        numbers = [number for number in item.season_numbers() if item.season_key(number) == key]
        rows = [self.episode(item, one) for one in item.episodes if one.season in numbers]
        return 200, container(rows, grandparentTitle=item.title, viewGroup="episode")

    def item(self, item: MediaItem, with_guids, is_detail, library: MediaLibrary | None = None):
        tag = "Video" if item.kind == FILM else "Directory"
        facts = {
            "ratingKey": item.key,
            "key": f"/library/metadata/{item.key}",
            "guid": item.guid or "plex://movie/ab",
            "type": item.kind,
            "title": item.title,
            "originalTitle": item.original_title or None,
            "year": item.year,
            "thumb": self.shown_path(item.key, "poster"),
            "art": self.shown_path(item.key, "background"),
            "showOrdering": item.order if is_detail else None,
            "viewCount": 1 if item.watched else None,
            "summary": "a &#4; b" if self.control_characters else None,
            "librarySectionID": library.key if library else None,
            **item.facts,
        }
        inner = guids(item.ids) if with_guids and not item.guid else ""
        if item.kind == FILM and item.path:
            paths = (item.path, *item.more_paths)
            inner += "".join(media(item, path, is_detail) for path in paths)
        if is_detail:
            inner += self.labels(item.key)
            paths = (item.path, *item.more_paths) if item.kind == SHOW else ()
            inner += "".join(f"<Location path={quoteattr(path)}/>" for path in paths if path)
        return element(tag, facts, inner).replace("&amp;#4;", "&#4;")

    def season(self, item: MediaItem, number):
        key = item.season_key(number)
        facts = {
            "ratingKey": key,
            "type": "season",
            "index": number,
            "title": item.season_name(number),
            "parentRatingKey": item.key,
            "thumb": self.shown_path(key, "poster"),
            "librarySectionID": self.section_of(item),
            "leafCount": sum(episode.season == number for episode in item.episodes),
        }
        return element("Directory", facts, self.labels(key))

    def labels(self, key):
        """The labels, the logo and the locked fields of an item, a season or an episode."""
        labels = "".join(f"<Label tag={quoteattr(label)}/>" for label in self.labels_of(key))
        logo = self.shown_path(key, "logo")
        image = f'<Image type="clearLogo" url={quoteattr(logo)}/>' if logo else ""
        return labels + image + self.fields_of(key)

    def section_of(self, item: MediaItem):
        return self.world.find(item.key)[0].key

    def episode(self, item: MediaItem, episode: MediaEpisode):
        facts = {
            "ratingKey": episode.key,
            "type": "episode",
            "index": episode.number,
            "parentIndex": episode.season,
            "title": episode.title,
            "parentRatingKey": item.season_key(episode.season),
            "grandparentRatingKey": item.key,
            "thumb": self.shown_path(episode.key, "poster"),
            "librarySectionID": self.section_of(item),
            "viewCount": 1 if episode.watched else None,
            **episode.facts,
        }
        part = f"<Part file={quoteattr(episode.file)}/>" if episode.file else ""
        resolution = {3840: "4k", 1920: "1080", 1280: "720"}.get(episode.width)
        inner = element("Media", {"videoResolution": resolution, "width": episode.width}, part)
        return element("Video", facts, guids(episode.ids) + inner + self.labels(episode.key))


def container(rows, **facts):
    inner = element("MediaContainer", {"size": len(rows), **facts}, "".join(rows))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{inner}'


def section(library: MediaLibrary):
    places = "".join(f"<Location path={quoteattr(root)}/>" for root in library.roots)
    facts = {"key": library.key, "type": library.kind, "title": library.name, "language": library.language}
    return element("Directory", facts, places)


def media(item: MediaItem, path, is_detail):
    width, height = item.size or (None, None)
    stream = element("Stream", {"streamType": 1, "displayTitle": item.resolution or None, "width": width})
    part = element("Part", {"file": path}, stream if is_detail else "")
    resolution = {3840: "4k", 1920: "1080", 1280: "720"}.get(width)
    return element("Media", {"videoResolution": resolution, "width": width, "height": height}, part)


def guids(ids):
    return "".join(f"<Guid id={quoteattr(f'{kind}://{value}')}/>" for kind, value in ids.items())


def element(tag, facts, inner=""):
    """Facts that are None or "" are left out, as Plex leaves them out."""
    written = " ".join(
        f"{name}={quoteattr(str(value))}" for name, value in facts.items() if value not in (None, "")
    )
    return f"<{tag} {written}>{inner}</{tag}>"
