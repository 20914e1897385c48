"""Pictures that need no search."""

from pathlib import Path

import pytest

from app.poster.folders import Folders
from app.poster.kinds import Kind
from app.poster.providers.own import own_providers
from app.poster.records.candidate import CandidateRefused, ProviderName, Question, Typography
from app.poster.records.library import SourceArt, SourceName
from app.poster.settings import read_settings
from app.poster.worklist.layout import Layout
from app.poster.worklist.wanted import WorkRules, wanted_assets
from tests.poster.items import episode, film, season, show
from tests.poster.pictures import make_bytes

ALL = frozenset((Kind.POSTER, Kind.BACKGROUND, Kind.SEASON, Kind.TITLE_CARD))


class Server:
    """A source whose pictures are in a dictionary."""

    def __init__(self, pictures, name=SourceName.PLEX):
        self.pictures, self.name = pictures, name

    def read_art(self, art):
        return self.pictures[art.where]


def providers(tmp_path: Path, pictures=None, name=SourceName.PLEX):
    folders = Folders(tmp_path, tmp_path / "assets", tmp_path / "manual", tmp_path / "backup")
    return own_providers(Server(pictures or {}, name), folders, read_settings(tmp_path / "config.json"))


def asked(provider, wanted):
    return provider.ask(wanted, Question(provider.name, wanted.kind)).candidates


def wanted(item, kind, by_library=True):
    rules = WorkRules(ALL, Layout(by_library))
    return next(one for one in wanted_assets(item, rules) if one.kind is kind)


@pytest.mark.parametrize("by_library", [True, False])
def test_manual_files_lie_as_assets_do_and_the_first_extension_comes_first(tmp_path, by_library):
    poster = wanted(film(), Kind.POSTER, by_library)
    stem = tmp_path / "manual" / poster.path.removesuffix(".jpg")
    stem.parent.mkdir(parents=True)
    for end in (".webp", ".PNG", ".txt"):
        stem.with_name(f"{stem.name}{end}").write_bytes(make_bytes())
    manual = providers(tmp_path)[ProviderName.MANUAL]
    found = asked(manual, poster)
    assert [Path(one.address).suffix for one in found] == [".PNG", ".webp"]
    assert manual.fetch(found[0]).content == Path(found[0].address)


@pytest.mark.parametrize("by_library", [True, False])
@pytest.mark.parametrize(
    ("kind", "name"), [(Kind.SEASON, "SeasonTemplate"), (Kind.TITLE_CARD, "EpisodeTemplate")]
)
def test_a_template_serves_all_seasons_or_episodes(tmp_path, by_library, kind, name):
    dark = show(seasons=(season(1, episode(1, 1)),))
    folder = tmp_path / "manual"
    place = (
        folder / "TV" / "Dark (2017)" / f"{name}.jpg" if by_library else folder / f"Dark (2017)_{name}.jpg"
    )
    place.parent.mkdir(parents=True)
    place.write_bytes(make_bytes())
    template = providers(tmp_path)[ProviderName.TEMPLATE]
    assert [one.address for one in asked(template, wanted(dark, kind, by_library))] == [str(place)]
    assert asked(template, wanted(dark, Kind.POSTER, by_library)) == ()


def test_art_of_the_source_serves_its_own_kind_and_is_never_our_own_work(tmp_path):
    art = (SourceArt(Kind.POSTER, "/thumb", "7"), SourceArt(Kind.BACKGROUND, "/art"))
    pictures = {"/thumb": make_bytes(), "/art": make_bytes(comment=b"created with posterizarr")}
    server = providers(tmp_path, pictures)[ProviderName.SERVER]
    poster, background = (wanted(film(art=art), kind) for kind in (Kind.POSTER, Kind.BACKGROUND))
    (thumb,), (ours,) = asked(server, poster), asked(server, background)
    assert (thumb.address, thumb.validator) == ("/thumb", "7")
    assert server.fetch(thumb).content == pictures["/thumb"]
    with pytest.raises(CandidateRefused, match="this script"):
        server.fetch(ours)


def test_a_folder_source_names_its_art_beside_the_media(tmp_path):
    assert ProviderName.BESIDE in providers(tmp_path, name=SourceName.FOLDER)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.POSTER, Typography("Dark", "2017", "Dark", language="en")),
        (Kind.SEASON, Typography("Dark", "Season 1", "Dark", "1", "en")),
        (Kind.TITLE_CARD, Typography("Secrets", "Season 1 \N{BULLET} Episode 3 & 4", "Dark", "3", "en")),
    ],
)
def test_every_asset_has_words_to_be_drawn_from(tmp_path, kind, words):
    typographic = providers(tmp_path)[ProviderName.TYPOGRAPHIC]
    dark = show(seasons=(season(1, episode(1, 3, 4)),))
    (candidate,) = asked(typographic, wanted(dark, kind))
    assert typographic.fetch(candidate).content == words
