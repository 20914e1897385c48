"""The catalogue holds what index, choices and journal say, and follows each of them."""

import json
import os
import shutil
from contextlib import closing

import pytest
from sqlalchemy import select

from app.core.assets.register import marks
from app.core.catalogue import cataloguing
from app.core.catalogue.facts import Flag
from app.core.catalogue.table import MADE, STATE, TABLE, source_state
from app.core.choices import editing
from app.core.choices.rules import CategoryRules
from app.poster.journal.journal import Journal
from app.poster.records.reasons import Owner
from tests.api.test_assets import roots
from tests.choices import make_row, stored, take
from tests.poster.journal.steps import record
from tests.trees import catalogue, index, make_image, make_tree

__all__ = ["roots"]

RULES = CategoryRules("xx", "xx", "xx", "xx", "tmdb")
ALIEN = "Movies/Alien (1979)/poster.jpg"


def rows(machine):
    """All entries but own pictures by path; a choice without a picture by its title."""
    with machine.database.reading() as session:
        found = session.execute(select(TABLE)).all()
        manual = marks(session).get("manual")
        folders = dict(session.execute(select(cataloguing.FOLDERS.c.id, cataloguing.FOLDERS.c.path)).all())
        titles = {row["id"]: row["title"] for row in stored(machine)}
    return {
        f"{folders[row.folder_id]}/{row.name}".lstrip("/") if row.folder_id else titles[row.choice_id]: row
        for row in found
        if not (manual and row.root_id == manual.id)
    }


def made(machine):
    """What the catalogue says, without what was read of the files and without numbers."""
    names = set(MADE) - {"folder_id", "root_id", "choice_id"}
    return {path: {name: getattr(row, name) for name in names} for path, row in rows(machine).items()}


def version(machine):
    with machine.database.reading() as session:
        return source_state(session).version


@pytest.fixture
def library(machine, roots):
    show = "TV/Dark (2017) [tvdb-1]"
    make_tree(roots["assets"], ALIEN, f"{show}/poster.jpg", f"{show}/Season01.jpg", f"{show}/S01E01.jpg")
    make_tree(roots["assets"], "Movies/Amélie (2001)/background.jpg", "Movies/Amélie (2001)/logo.png")
    make_tree(roots["manual"], ALIEN)
    take(
        machine,
        make_row(),
        make_row(Title="Amélie", Rootfolder="Amélie (2001)", Type="Movie Background", Language="fr"),
        make_row(
            Title="S01E01 | Secrets", Type="Episode", Rootfolder="Dark (2017) [tvdb-1]", LibraryName="TV"
        ),
        make_row(Title="Brazil", Rootfolder="Brazil (1985)", Download_Source="false", Language="false"),
    )
    catalogue(machine)
    return roots["assets"]


def test_each_picture_and_each_choice_without_one_has_an_entry(machine, library):
    found = rows(machine)
    assert len(found) == 7
    episode = found["TV/Dark (2017) [tvdb-1]/S01E01.jpg"]
    assert (episode.kind, episode.library, episode.letter, episode.year) == ("titlecard", "TV", "D", 2017)
    assert "secrets" in episode.searched and "dark" in episode.searched
    background = found["Movies/Amélie (2001)/background.jpg"]
    assert (background.language, background.provider, background.letter) == ("fr", "TMDB", "A")
    assert found["Movies/Amélie (2001)/logo.png"].kind == "other"
    brazil = found["Brazil"]
    assert (brazil.flags, brazil.provider, brazil.library) == (Flag.MISSING, "", "Movies")


def test_the_tree_of_own_pictures_has_entries_without_choices(machine, library, roots):
    with machine.database.reading() as session:
        own = select(TABLE).where(TABLE.c.root_id == marks(session)["manual"].id)
        (row,) = session.execute(own).all()
    assert (row.name, row.choice_id, row.language, row.flags) == ("poster.jpg", None, "", 0)


@pytest.mark.parametrize(
    ("values", "flags", "language"),
    [
        ({"Language": "Textless"}, Flag.TEXTLESS, "xx"),
        ({"Language": "XX"}, Flag.TEXTLESS, "xx"),
        ({"Language": "de", "Fallback": "true"}, Flag.FALLBACK, "de"),
        ({"Language": "DE", "TextTruncated": "True"}, Flag.TRUNCATED, "de"),
        ({"Language": "en", "Manual": "true"}, Flag.BY_HAND | Flag.RESOLVED, "en"),
        ({"Language": "false"}, 0, ""),
        ({"Language": "x" * 5000}, 0, "x" * 64),
    ],
)
def test_a_choice_says_what_a_picture_is(machine, library, values, flags, language):
    take(machine, make_row(**values))
    catalogue(machine)
    row = rows(machine)[ALIEN]
    assert (row.flags, row.language) == (flags, language)


def test_a_person_resolves_a_choice_and_takes_that_back(machine, library):
    number = stored(machine)[0]["id"]
    for word, expected in (("Yes", Flag.RESOLVED), ("No", 0)):
        with machine.database.writing() as session:
            editing.change_values(session, RULES, number, {"Manual": word})
        catalogue(machine)
        assert rows(machine)[ALIEN].flags & ~Flag.TEXTLESS == expected


def test_the_journal_says_whose_a_picture_is(machine, library):
    with closing(Journal(machine.paths.engine)) as journal:
        journal.note(record(ALIEN, owner=Owner.HAND, owner_why="its bytes are others"))
    catalogue(machine)
    row = rows(machine)[ALIEN]
    assert (row.owner, bool(row.flags & Flag.BY_HAND)) == ("a person", True)


def test_of_two_choices_of_one_picture_the_newer_counts(machine, library):
    take(machine, make_row(), make_row(Title="Alien again", Language="it"))
    catalogue(machine)
    assert rows(machine)[ALIEN].language == "it"


def test_a_pass_over_what_has_not_changed_does_nothing(machine, library):
    before = version(machine)
    thread = catalogue(machine)
    assert version(machine) == before and not thread.is_passing


def changes(machine, root):
    """One after another: in the tree, among the choices, in the settings, and of whole roots."""
    yield make_image(root, "Movies/Brazil (1985)/poster.jpg")
    yield (root / ALIEN).unlink()
    yield make_image(root, ALIEN, b"another one")
    yield shutil.rmtree(root / "TV")
    yield take(machine, make_row(Language="de"), make_row(Title="New", Rootfolder="Nowhere"))
    with machine.database.writing() as session:
        editing.remove_choice(session, stored(machine)[0]["id"])
    yield
    yield shutil.move(root / "Movies", root / "Films")
    yield shutil.rmtree(root.parent / "manual")
    settings = json.loads(machine.paths.config.read_text())
    settings["PrerequisitePart"] |= {"LibraryFolders": "false", "ManualAssetPath": ""}
    machine.paths.config.write_text(json.dumps(settings))
    make_tree(root, "Brazil (1985).jpg", "Nowhere_Season01.jpg")
    yield take(machine, make_row(Title="Brazil", Rootfolder="Brazil (1985)"))


def test_after_every_change_it_is_as_if_it_were_made_anew(machine, library, monkeypatch):
    monkeypatch.setattr(cataloguing, "PART_FILES", 3)
    for _ in changes(machine, library):
        for path, _, _ in os.walk(library):
            os.utime(path)
        catalogue(machine)
        followed = made(machine)
        with machine.database.writing() as session:
            session.execute(TABLE.delete())
            session.execute(cataloguing.FOLDERS.update().values(catalogued=None))
            session.execute(STATE.delete())
        catalogue(machine)
        assert followed == made(machine)


def test_a_very_large_folder_is_compared_in_ranges_of_names(machine, roots, monkeypatch):
    monkeypatch.setattr(cataloguing, "PART_FILES", 10)
    make_tree(roots["assets"], *(f"Film {number:03}.jpg" for number in range(95)))
    catalogue(machine)
    assert len(rows(machine)) == 95
    (roots["assets"] / "Film 042.jpg").unlink()
    make_image(roots["assets"], "Film 001x.jpg")
    catalogue(machine)
    assert {"Film 042.jpg", "Film 001x.jpg"} & rows(machine).keys() == {"Film 001x.jpg"}
    assert len(rows(machine)) == 95


def test_a_picture_is_read_once_and_again_only_when_it_changes(machine, library):
    assert {row.digest is None for row in rows(machine).values() if row.folder_id} == {False}
    with machine.database.writing() as session:
        session.execute(TABLE.update().values(digest="0123456789abcdef"))
    take(machine, make_row(Language="de"))
    make_image(library, ALIEN, b"other bytes")
    catalogue(machine)
    digests = {path: row.digest for path, row in rows(machine).items() if row.folder_id}
    changed = {path for path, digest in digests.items() if digest != "0123456789abcdef"}
    assert changed == {ALIEN}
    index(machine)
