"""How Plex shows pictures: for each slot a list, one of which is selected."""

from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from tests.doubles.shown_pictures import HAND, SERVER, TOOL, UPLOAD, Entry, ShownPictures, sha1

# slot: the list of all, the address of the selected one, the attribute of a listing
NAMES = {
    "poster": ("posters", "poster", "thumb"),
    "background": ("arts", "art", "art"),
    "square": ("squareArts", "squareArt", "squareArt"),
    "logo": ("clearLogos", "clearLogo", "clearLogo"),
}
LISTS = {names[0]: slot for slot, names in NAMES.items()}
SELECTED = {names[1]: slot for slot, names in NAMES.items()}
SHOWN = {names[2]: slot for slot, names in NAMES.items()}
FIRST_STAMPS = {"poster": 17, "background": 17, "square": 17, "logo": 17}
LARGEST = 10_480_000


class PlexPictures(ShownPictures):
    """`locks` says whether an upload or a selection locks the picture, `selects` whether an upload is shown.

    `selects_nothing` answers lists in which no entry is selected. `lists_remote` adds a picture that Plex has
    not fetched yet to each list.
    """

    locks = True
    selects = True
    selects_nothing = False
    lists_remote = True

    def first_entries(self, key, slot):
        _, item = self.world.find(key)
        name = item.picture_name(key, slot) if item and slot not in ("square", "logo") else ""
        return [Entry(SERVER, self.art_id(key, slot, name.encode(), SERVER), name=name)] if name else []

    def art_id(self, key, slot, content, by):
        """Uploads are addressed by their content, and below their season and episode."""
        if by == SERVER:
            return f"metadata://{NAMES[slot][0]}/tv.plex.agents.movie_{sha1(content)}"
        return f"upload://{NAMES[slot][0]}/{self.part_of_show(key)}{sha1(content)}"

    def part_of_show(self, key):
        _, item = self.world.find(key)
        season = next((one for one in item.season_numbers() if item.season_key(one) == key), None)
        episode = next((one for one in item.episodes if one.key == key), None)
        if episode:
            return f"seasons/{episode.season}/episodes/{episode.number}/"
        return "" if season is None else f"seasons/{season}/"

    def put_first(self, key, slot, content, by):
        """A new entry, which is selected; the same bytes are one entry however often they come."""
        shelf = self.changed_shelf(key, slot)
        entry = Entry(by, self.art_id(key, slot, content, by), content)
        if not any(one.art_id == entry.art_id for one in shelf.entries):
            shelf.entries.insert(0, entry)
        if by != UPLOAD or self.selects:
            shelf.selected = entry.art_id
        if by in (HAND, TOOL) or (by == UPLOAD and self.locks):
            self.locked.add((key, slot))
        if by == SERVER:
            # Plex refreshes only what is not locked.
            self.locked.discard((key, slot))

    def pick(self, key, slot, content):
        """A person selects a picture of the list, which locks it."""
        entry = next(one for one in self.shelf(key, slot.value).entries if one.content == content)
        with self.pictures_lock:
            self.changed_shelf(key, slot.value).selected = entry.art_id
            self.locked.add((key, slot.value))

    def refresh(self, key, slot):
        """A refresh of the item's metadata brings a new picture, and leaves what is locked."""
        if (key, slot.value) not in self.locked:
            self.show(key, slot, by=SERVER)

    def shown_entry(self, key, slot):
        shelf = self.shelf(key, slot)
        return next((entry for entry in shelf.entries if entry.art_id == shelf.selected), None)

    def shown_path(self, key, slot):
        """The attribute of listings, None where nothing is shown."""
        shelf = self.shelf(key, slot)
        stamp = shelf.stamp or (FIRST_STAMPS[slot] if self.is_top(key) else 1)
        name = NAMES[slot][2]
        return f"/library/metadata/{key}/{name}/{stamp}" if self.shown_entry(key, slot) else None

    def is_top(self, key):
        _, item = self.world.find(key)
        return item is not None and item.key == key

    def picture_request(self, steps, query, handler):
        """The answer to a request below an item that is about pictures; None for other requests."""
        method, key = handler.command, int(steps[0]) if steps[0].isdigit() else 0
        if not self.is_item(key):
            return None
        what = steps[1] if len(steps) > 1 else ""
        if what in LISTS:
            slot = LISTS[what]
            kind = "upload" if method == "POST" else "list"
            answers = {
                "GET": lambda: self.listed(key, slot),
                "POST": lambda: self.taken(key, slot, handler.body),
            }
        elif what in SELECTED and method == "PUT":
            slot, kind = SELECTED[what], "select"
            answers = {"PUT": lambda: self.select(key, slot, query.get("url", ""))}
        elif what in SHOWN:
            slot, kind = SHOWN[what], "delete" if method == "DELETE" else "read"
            answers = {
                "GET": lambda: self.served(self.shown_bytes(key, slot)),
                "DELETE": lambda: self.unshown(key, slot),
            }
        elif what == "file":
            slot, kind = "", "read"
            answers = {"GET": lambda: self.served(self.entry_bytes(key, query.get("url", "")))}
        else:
            return None
        return self.answer_kind(handler, kind, key, slot, answers.get(method, lambda: (404, "")))

    def listed(self, key, slot):
        shelf = self.shelf(key, slot)
        rows = [
            self.photo(key, entry.art_id, entry.art_id == shelf.selected, entry.by) for entry in shelf.entries
        ]
        remote = f"https://images.invalid/{key}/{slot}.jpg"
        if self.lists_remote:
            rows.append(photo(remote, remote, False, "tmdb"))
        return 200, f'<MediaContainer size="{len(rows)}">{"".join(rows)}</MediaContainer>'

    def photo(self, key, art_id, is_selected, by):
        path = f"/library/metadata/{key}/file?url={quote(art_id, safe='')}"
        return photo(path, art_id, is_selected and not self.selects_nothing, "tmdb" if by == SERVER else "")

    def taken(self, key, slot, content):
        if len(content) > LARGEST or not content:
            return 400, ""
        self.take_upload(key, slot, content)
        return 200, ""

    def select(self, key, slot, art_id):
        """Plex answers 200 with the new path as plain text, which is no XML."""
        shelf = self.shelf(key, slot)
        if not any(entry.art_id == art_id for entry in shelf.entries):
            return 404, ""
        shelf = self.changed_shelf(key, slot)
        shelf.selected = art_id
        if self.locks:
            self.locked.add((key, slot))
        return 200, self.shown_path(key, slot)

    def unshown(self, key, slot):
        self.changed_shelf(key, slot).selected = ""
        return 200, ""

    def entry_bytes(self, key, art_id):
        entries = [entry for slot in NAMES for entry in self.shelf(key, slot).entries]
        return next((entry.content for entry in entries if entry.art_id == art_id), b"")

    def served(self, content):
        self.bytes_out += len(content)
        return (200, content) if content else (404, "")

    def edit(self, query):
        """Labels and locks: all labels that are named replace those that are there."""
        for key in (int(key) for key in query.get("id", "").split(",") if key.isdigit()):
            if not self.is_item(key):
                return 404, ""
            self.edit_labels(key, query)
            for slot, names in NAMES.items():
                if f"{names[2]}.locked" in query:
                    change = self.locked.add if query[f"{names[2]}.locked"] == "1" else self.locked.discard
                    change((key, slot))
        return 200, ""

    def edit_labels(self, key, query):
        named = [
            value for name, value in query.items() if name.startswith("label[") and name.endswith("].tag.tag")
        ]
        gone = {name.lower() for name in query.get("label[].tag.tag-", "").split(",")}
        labels = [label for label in (named or self.labels_of(key)) if label.lower() not in gone]
        self.set_labels(key, labels)

    def fields_of(self, key):
        """The elements that name what is locked."""
        names = [NAMES[slot][2] for where, slot in sorted(self.locked) if where == key]
        return "".join(f'<Field locked="1" name="{name}"/>' for name in names)


def photo(path, art_id, is_selected, provider):
    chosen = ' selected="1"' if is_selected else ' selected="0"'
    return (
        f"<Photo key={quoteattr(path)} ratingKey={quoteattr(art_id)} thumb={quoteattr(path)}"
        f'{chosen} provider="{provider}"/>'
    )
