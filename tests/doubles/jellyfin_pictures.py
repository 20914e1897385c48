"""How Jellyfin and Emby show pictures: one Primary, one Thumb, one Logo, and a numbered pile of Backdrops."""

from io import BytesIO

from PIL import Image

from tests.doubles.shown_pictures import HAND, SERVER, TOOL, UPLOAD, Entry, ShownPictures, decoded

SLOTS = {"primary": "poster", "thumb": "thumb", "backdrop": "background", "logo": "logo"}
TYPES = {"poster": "Primary", "thumb": "Thumb", "background": "Backdrop", "logo": "Logo"}
MULTIPLE = "background"


class JellyfinPictures(ShownPictures):
    """`moves` says what the call that changes an index does: "swap" (Jellyfin), "insert", "nothing" (pictures
    that are still remote) or "refuse" (a folder that cannot be written). `renames_on_move` gives new tags to
    the pictures that are moved.
    `offers_remote` says whether providers have the pictures of the world. `locked_items` have all
    their data locked.
    """

    moves = "swap"
    renames_on_move = False
    offers_remote = True

    def start_pictures(self):
        super().start_pictures()
        self.locked_items: set[int] = set()

    def first_entries(self, key, slot):
        _, item = self.world.find(key)
        name = item.picture_name(key, slot) if item and slot not in ("thumb", "logo") else ""
        return [Entry(SERVER, self.first_tag(item, key, slot), name=name)] if name else []

    def first_tag(self, item, key, slot):
        if item.key == key:
            return {"poster": "t1", "background": "t2"}[slot]
        return "t4" if any(episode.key == key for episode in item.episodes) else "t3"

    def put_first(self, key, slot, content, by):
        """Uploads go to the end of a pile, a person puts a picture first, a refresh replaces all."""
        shelf = self.changed_shelf(key, slot)
        entry = Entry(by, f"tag{shelf.stamp}", content)
        if slot != MULTIPLE or by == SERVER:
            shelf.entries[:] = [entry]
        elif by in (HAND, TOOL):
            shelf.entries.insert(0, entry)
        else:
            assert by == UPLOAD
            shelf.entries.append(entry)

    def shown_entry(self, key, slot):
        return next(iter(self.shelf(key, slot).entries), None)

    def image_tags(self, key):
        """The members of an item that name its pictures."""
        tags = {
            TYPES[slot]: entry.art_id
            for slot in ("poster", "thumb", "logo")
            if (entry := self.shown_entry(key, slot))
        }
        return {
            "ImageTags": tags,
            "BackdropImageTags": [entry.art_id for entry in self.shelf(key, MULTIPLE).entries],
        }

    def picture_request(self, steps, query, handler):
        """The answer to a request below items/KEY/images."""
        key = int(steps[1]) if steps[1].isdigit() else 0
        if not self.is_item(key):
            return 404, ""
        method, slot = handler.command, SLOTS.get(steps[3]) if len(steps) > 3 else ""
        index = int(steps[4]) if len(steps) > 4 and steps[4].isdigit() else 0
        if slot == "":
            return self.answer_kind(handler, "list", key, "", lambda: (200, self.infos(key)))
        if slot is None:
            return 400, ""
        if method == "POST" and steps[5:] == ["index"]:
            target = int({name.lower(): value for name, value in query.items()}["newindex"])
            return self.answer_kind(handler, "move", key, slot, lambda: self.move(key, slot, index, target))
        kind, respond = {
            "GET": ("read", lambda: self.served(key, slot, index)),
            "POST": ("upload", lambda: self.taken(key, slot, handler)),
            "DELETE": ("delete", lambda: self.delete(key, slot, index)),
        }[method]
        return self.answer_kind(handler, kind, key, slot, respond)

    def remote_request(self, steps, query, handler):
        """The answer to a request below items/KEY/remoteimages."""
        key, slot = int(steps[1]), SLOTS[query["type"].lower()]
        if handler.command == "POST":
            name = query["imageUrl"].rsplit("/", 1)[-1]
            return self.answer_kind(handler, "fetch", key, slot, lambda: self.fetched(key, slot, name))
        return self.answer_kind(handler, "offer", key, slot, lambda: (200, self.offered(key, slot)))

    def offered(self, key, slot):
        _, item = self.world.find(key)
        name = item.picture_name(key, slot) if self.offers_remote and slot != "thumb" else ""
        return {"Images": [{"Url": f"https://images.invalid/{name}", "Type": TYPES[slot]}] if name else []}

    def fetched(self, key, slot, name):
        shelf = self.changed_shelf(key, slot)
        entry = Entry(SERVER, f"tag{shelf.stamp}", name=name)
        shelf.entries[:] = [*shelf.entries, entry] if slot == MULTIPLE else [entry]
        return 204, None

    def infos(self, key):
        return [
            image_info(TYPES[slot], index if slot == MULTIPLE else None, entry)
            for slot in TYPES
            for index, entry in enumerate(self.shelf(key, slot).entries)
        ]

    def served(self, key, slot, index):
        entries = self.shelf(key, slot).entries
        if index >= len(entries):
            return 404, ""
        self.bytes_out += len(entries[index].content)
        return 200, entries[index].content

    def taken(self, key, slot, handler):
        if not handler.headers.get("Content-Type", "").startswith("image/"):
            return 400, "Incorrect ContentType."
        content = decoded(handler.body)
        if not content:
            return 500, "Error processing request."
        self.take_upload(key, slot, content)
        return 204, None

    def delete(self, key, slot, index):
        """Where there is no such picture nothing happens, and the answer is the same."""
        shelf = self.changed_shelf(key, slot)
        del shelf.entries[index : index + 1]
        return 204, None

    def move(self, key, slot, index, target):
        entries = self.changed_shelf(key, slot).entries
        if self.moves == "refuse":
            return 500, "Error processing request."
        if self.moves == "nothing" or max(index, target) >= len(entries) or slot != MULTIPLE:
            return 204, None
        if self.moves == "swap":
            entries[index], entries[target] = entries[target], entries[index]
        else:
            entries.insert(target, entries.pop(index))
        if self.renames_on_move:
            for entry in {id(entries[place]): entries[place] for place in (index, target)}.values():
                entry.art_id = f"tag{next(self.numbers)}"
        return 204, None


def image_info(kind, index, entry):
    with Image.open(BytesIO(entry.content)) as picture:
        width, height = picture.size
    facts = {
        "ImageType": kind,
        "ImageIndex": index,
        "ImageTag": entry.art_id,
        "Path": f"/config/metadata/{kind.lower()}{index or ''}.jpg",
        "Width": width,
        "Height": height,
        "Size": len(entry.content),
    }
    return {name: value for name, value in facts.items() if value is not None}
