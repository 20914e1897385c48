"""The hosts that serve the pictures of a world, with the faults that real ones have."""

import json
import threading
import zlib
from urllib.parse import parse_qsl, urlsplit

from tests.doubles.coded_pictures import code_of, draw_coded
from tests.doubles.loopback import Loopback, hanging
from tests.doubles.scripted import resetting
from tests.doubles.world import World
from tests.poster.pictures import make_bytes, make_picture

SHRUNK = 10
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "svg": "image/svg+xml"}


class Double(Loopback):
    """Answers from `answer(path, query, handler)`, which gives status and an object for JSON.

    `misbehave` makes requests go wrong; all answers have an ETag and are revalidated by it. `max_age` is the
    number of seconds in Cache-Control, None for no such header.
    """

    max_age: int | None = None

    def __init__(self, world: World):
        super().__init__()
        self.world = world
        self.faults: list[tuple[str, list, bool]] = []
        self.lock = threading.Lock()

    def misbehave(self, beginning, *behaviours, always=False):
        """Each request whose path begins so gets the next behaviour, with `always` the last one for ever."""
        self.faults.append((beginning, list(behaviours), always))

    def paths(self, part=""):
        """The paths asked for so far that hold a part."""
        return [path for path, _, _ in self.asked if part in path]

    def trouble(self, handler):
        parts = urlsplit(handler.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        behaviour = self.next_fault(parts.path)
        if behaviour:
            behaviour(handler)
        else:
            self.respond(handler, *self.answer(parts.path, query, handler))

    def next_fault(self, path):
        with self.lock:
            for beginning, behaviours, always in self.faults:
                if behaviours and path.startswith(beginning):
                    return behaviours[0] if always and len(behaviours) == 1 else behaviours.pop(0)
        return None

    def respond(self, handler, status, document):
        body = json.dumps(document).encode()
        tag = f'"{zlib.crc32(body):x}"'
        headers = {"ETag": tag, "Content-Type": "application/json"}
        if self.max_age is not None:
            headers["Cache-Control"] = f"max-age={self.max_age}"
        if status == 200 and handler.headers.get("If-None-Match") == tag:
            handler.send(304, **headers)
        else:
            handler.send(status, body, **headers)


class ImageHost(Double):
    """Serves each art of the world below any folder by its file name."""

    def trouble(self, handler):
        name = handler.path.rsplit("/", 1)[-1]
        behaviour = self.next_fault(handler.path)
        art = self.world.all_art().get(name)
        if behaviour:
            behaviour(handler)
        elif art is None:
            handler.send(404, b"<html>Not found</html>", Content_Type="text/html")
        elif art.fault:
            FAULTS[art.fault](handler, art)
        else:
            send_picture(handler, picture_of(art))


def picture_of(art):
    ending = art.name.rsplit(".", 1)[-1]
    return draw_coded(code_of(art.name), tuple(max(32, side // SHRUNK) for side in art.size), ending)


def send_picture(handler, content, **headers):
    ending = handler.path.rsplit(".", 1)[-1]
    handler.send(200, content, **{"Content-Type": TYPES.get(ending, "image/jpeg"), **headers})


def send_cut(handler, art):
    content = picture_of(art)
    send_picture(handler, content[: len(content) // 2])


def send_wrong_length(handler, art):
    content = picture_of(art)
    handler.close_connection = True
    send_picture(handler, content, **{"Content-Length": str(len(content) + 5000)})


FAULTS = {
    "missing": lambda handler, art: handler.send(404),
    "broken": lambda handler, art: handler.send(500),
    "page": lambda handler, art: handler.send(200, b"<html>Sign in</html>", Content_Type="text/html"),
    "empty": lambda handler, art: send_picture(handler, b""),
    "cut": send_cut,
    "wrong length": send_wrong_length,
    "flat": lambda handler, art: send_picture(handler, make_bytes(make_picture((200, 300)))),
    "tiny": lambda handler, art: send_picture(handler, make_bytes(make_picture((1, 1)), "PNG")),
    "placeholder": lambda handler, art: send_picture(handler, draw_coded(0, (200, 300))),
    "PNG named jpg": lambda handler, art: send_picture(
        handler, draw_coded(code_of(art.name), (200, 300), "png")
    ),
    "hang": lambda handler, art: hanging(handler),
    "reset": lambda handler, art: resetting(handler),
}
