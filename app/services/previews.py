"""Previews of artwork, drawn by a process of the poster engine that lives as long as its worker."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from subprocess import Popen
from typing import Any

from flask import Flask

from app.core.decisions.originals import REPLACED
from app.core.decisions.record import decision_of
from app.core.designs.shelf import design_of_id
from app.core.errors import ApplicationError, Invalid, NotFound, Unavailable, reason_of
from app.core.modes import PREVIEWING, script_command, script_environment
from app.core.outgoing.fetch_turns import FetchTurns
from app.core.paths import inside
from app.core.picture_cache import PictureCache
from app.core.previews.engine_pipe import EngineAnswer
from app.core.previews.engine_pool import EnginePool, processes_of_worker
from app.core.previews.newest import NewestWins
from app.core.previews.small_sources import WIDEST_SMALL, small_address
from app.core.runner import start_piped
from app.extensions import Extension, Machine, machine
from app.services.originals import place_of_original
from app.services.staged_pictures import LARGEST_FILE

FETCHED_AT_ONCE = 4
LONGEST_WAIT = 10.0
MOST_SOURCES, MOST_SMALL_SOURCES = 200, 1000
SERVER_ART, SERVER_SECONDS = "server-art", 30.0
# What the engine knows of the order of a caller.
FIELDS = (
    "kind",
    "asset",
    "sample",
    "upload",
    "title",
    "second",
    "settings",
    "width",
    "crop",
    "rules",
    "design",
    "correct",
)


@dataclass(frozen=True)
class PreviewPicture:
    """The JPEG; `source` is "original", "sample" or "made"; `text` says what became of the texts.

    {"truncated", "missing": [character], "sizes": [points], "lines": [count], "contrasts": [ratio],
    "boxes": [[left, top, right, bottom]]}
    """

    jpeg: bytes
    source: str
    text: dict[str, Any]


class Previews:
    """The previews of one worker; creating it starts nothing."""

    def __init__(self, machine: Machine):
        self._machine = machine
        self._newest = NewestWins()
        self._turns = FetchTurns(FETCHED_AT_ONCE, LONGEST_WAIT)
        self._sources = PictureCache(machine.paths.preview_sources, MOST_SOURCES)
        self._small_sources = PictureCache(machine.paths.small_preview_sources, MOST_SMALL_SOURCES)
        processes = processes_of_worker(machine.settings.web_concurrency)
        self.pool = EnginePool(partial(start_engine, machine, PREVIEWING), processes)

    def picture(self, wanted: Mapping[str, Any]) -> PreviewPicture:
        """The preview; `Superseded` where the slot has a newer request, `Invalid` for a picture of no use."""
        if wanted.get("design"):
            design_of_id(self._machine.paths, wanted["design"])
        order = {name: wanted[name] for name in FIELDS if wanted.get(name) is not None}
        order["small"] = is_small_order(order)
        pipe = self.pool.pipe_for(order)
        slot = wanted.get("slot") or ""
        number = self._newest.enter(slot) if slot else 0
        check = partial(self._newest.require_newest, slot, number) if slot else do_nothing
        contents: dict[str, bytes | None] = {}
        answer = pipe.ask(order, contents, check)
        while answer.facts["answer"] == "wanted" and answer.facts["part"] not in contents:
            contents[answer.facts["part"]] = self.part(order, answer.facts["part"])
            answer = pipe.ask(order, contents, check)
        return preview_picture(answer)

    def part(self, order: Mapping[str, Any], part: str) -> bytes | None:
        """The picture or the logo that the engine lacks, None where it is not to be had."""
        if part == "picture" and order.get("upload"):
            return self.uploaded_picture(order["upload"])
        try:
            return self.original_part(order["asset"], part, order["small"])
        except (ApplicationError, OSError):
            return None

    def original_part(self, asset: str, part: str, is_small: bool = False) -> bytes | None:
        """The file of the asset's picture or logo; a small one of the picture is enough for a wall."""
        record = decision_of(self._machine.paths.engine, asset)
        if part == "logo":
            decision = record["decision"]
            record = {**record, "decision": {**decision, "chosen": decision.get("logo")}}
        place = place_of_original(self._machine, record)
        if place.address and is_small and part == "picture":
            return fetched_once(self._small_sources, small_address(place.address), self.fetched)
        if place.address:
            return fetched_once(self._sources, place.address, self.fetched)
        if place.none == REPLACED:
            return self.server_art(record["decision"]["chosen"])
        if place.file and place.file.stat().st_size <= LARGEST_FILE:
            return place.file.read_bytes()
        return None

    def fetched(self, address: str) -> bytes:
        with self._turns.taken():
            return self._machine.downloads.fetch(address)

    def server_art(self, chosen: Mapping[str, Any]) -> bytes:
        """What the media server shows of its own, in a run that uploaded nothing; else `Unavailable`."""
        given = {name: chosen.get(name, "") for name in ("address", "validator")}
        name = sha256("\n".join(given.values()).encode("utf-8", "surrogatepass")).hexdigest()
        return self._sources.content(name, partial(self.asked_art, given))

    def asked_art(self, given: Mapping[str, str]) -> bytes:
        with self._turns.taken():
            found = self._machine.engine.inquire(SERVER_ART, given, SERVER_SECONDS)
        if "picture" not in found:
            raise Unavailable(f"The media server has no such picture: {found['error']}.")
        return b64decode(found["picture"])

    def uploaded_picture(self, token: str) -> bytes:
        """A picture among the uploads; `NotFound` for one that is not there any more."""
        file = inside(self._machine.paths.uploads, token)
        try:
            return file.read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFound("The picture is not among the uploads any more: add it again.") from error
        except OSError as error:
            raise Unavailable(f"The picture cannot be read: {reason_of(error)}.") from error

    def close(self) -> None:
        self.pool.close()


def start_engine(machine: Machine, part: str) -> Popen:
    """The part of the poster engine of that package, as a process that is talked to through pipes."""
    engine = machine.engine
    environment = script_environment("", engine.environment)
    return start_piped(script_command("", part), environment, engine.folder)


def preview_picture(answer: EngineAnswer) -> PreviewPicture:
    facts = answer.facts
    if facts["answer"] != "drawn":
        raise Invalid(f"The preview cannot be drawn: {facts.get('why', 'its picture is missing')}.")
    return PreviewPicture(answer.content, facts["source"], facts["text"])


def fetched_once(kept: PictureCache, address: str, fetch: Callable[[str], bytes]) -> bytes:
    name = sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
    return kept.content(name, partial(fetch, address))


def is_small_order(order: Mapping[str, Any]) -> bool:
    """Whether the whole picture is drawn so narrow that a small copy of its source is enough."""
    return order.get("width", WIDEST_SMALL + 1) <= WIDEST_SMALL and "crop" not in order


def do_nothing() -> None:
    """For requests without a slot."""


previews = Extension[Previews]("previews")


def init_app(app: Flask) -> None:
    previews.attach(app, Previews(machine.of(app)))
