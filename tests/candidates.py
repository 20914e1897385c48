"""Decision records with candidates, and providers whose pictures come from a host of this machine."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.picture_download import PictureDownloads
from app.poster.journal.journal import Journal
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.decision import Considered
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Owner, Reason
from tests.doubles.loopback import Loopback, serving
from tests.doubles.provider_doubles import serving_providers
from tests.pictures import make_picture
from tests.poster.records.test_records import record

FILM = record().path
TMDB, TVDB, FANART = (
    "https://image.tmdb.org/t/p/original/",
    "https://artworks.thetvdb.com/banners/",
    "https://assets.fanart.tv/fanart/",
)

HOSTS = [urlsplit(address).hostname for address in (TMDB, TVDB, FANART)]


def make_candidate(provider=ProviderName.TMDB, address=f"{TMDB}a.jpg", **changes) -> Candidate:
    known = {"lettered": Lettered.TEXTLESS, "width": 2000, "height": 3000, "votes": 5.5}
    return Candidate(provider, changes.pop("kind", Kind.POSTER), address, **known | changes)


def write_record(engine: Path, chosen=None, considered=(), **changes) -> None:
    """A decision about the film with these candidates; `considered` are (candidate, why not)."""
    lost = tuple(Considered(*pair) for pair in considered)
    known = record()
    decision = replace(known.decision, chosen=chosen or make_candidate(), considered=lost, **changes)
    note_record(engine, replace(known, path=decision.path, decision=decision))


def write_made(engine: Path, chosen: Candidate) -> None:
    """A run made the film's picture of the candidate, and it is still that."""
    known = record()
    made = {"owner": Owner.OURS, "reason": Reason.NEW, "uploads": ()}
    note_record(engine, replace(known, decision=replace(known.decision, chosen=chosen), **made))


def note_record(engine: Path, known: AssetRecord) -> None:
    journal = Journal(engine)
    journal.note(known)
    journal.end("run", datetime(2026, 11, 29, tzinfo=UTC))
    journal.close()


@dataclass(frozen=True)
class Rehosted(PictureDownloads):
    """Downloads every address from one host, which this machine serves, but for its own name.

    What is no address of a provider goes the usual way.
    """

    host: str = ""

    def fetch(self, address: str) -> bytes:
        is_offered = urlsplit(address).hostname in HOSTS
        return super().fetch(f"{self.host}/{address.rpartition('/')[2]}" if is_offered else address)


@contextmanager
def picture_host(machine, content: bytes | None = None):
    """A host that serves pictures for the addresses of all providers."""
    with serving(Loopback()) as host:
        picture = content or make_picture((200, 300))
        host.trouble = lambda handler: handler.send(200, picture, Content_Type="image/jpeg")
        machine.downloads = Rehosted(AddressRule(frozenset({"127.0.0.1"})), host=host.url)
        yield host


@contextmanager
def providers(machine, monkeypatch):
    """The doubles of all providers, with their keys in the settings."""
    with serving_providers() as running:
        for name, address in running.environment.items():
            monkeypatch.setenv(name, address)
        config = json.loads(machine.paths.config.read_text())
        config["ApiPart"] = config.get("ApiPart", {}) | running.keys
        machine.paths.config.write_text(json.dumps(config))
        yield running
