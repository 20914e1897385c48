"""What the command line chooses of an exchange, and that nonsense is a bad argument with what to write."""

import pytest

from app.poster.exchange.choice import (
    ALL_KINDS,
    Route,
    exchange_choice,
    read_reset_choice,
    read_restore_choice,
    read_route,
    server_named,
    words_of,
)
from app.poster.kinds import Kind
from app.poster.records.library import Library, LibraryContent, SourceName
from app.poster.script.arguments import Order
from app.poster.script.exits import ExitCode, HandledExit

PLEX, JELLYFIN, EMBY = SourceName.PLEX, SourceName.JELLYFIN, SourceName.EMBY


def order(*switches: str, **values: str) -> Order:
    return Order(set(switches), values)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" , ,", []),
        ("Movies, TV ,", ["Movies", "TV"]),
        ('["Movies, old", " TV "]', ["Movies, old", "TV"]),
        ('["", "TV"]', ["TV"]),
        ('{"a": 1}', ['{"a": 1}']),
    ],
)
def test_words_stand_between_commas_or_in_an_array(text, words):
    assert words_of(order(Libraries=text), "Libraries") == words


@pytest.mark.parametrize("text", ["[", "[1]", '["a", null]', '[["a"]]', "[" * 100_000])
def test_an_array_of_anything_else_is_a_bad_argument(text):
    with pytest.raises(HandledExit, match="-Libraries takes words") as caught:
        words_of(order(Libraries=text), "Libraries")
    assert caught.value.code is ExitCode.BAD_ARGUMENTS


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", ALL_KINDS),
        ("poster", {Kind.POSTER}),
        ("Title Card,EPISODE", {Kind.TITLE_CARD}),
        ("season, background", {Kind.SEASON, Kind.BACKGROUND}),
    ],
)
def test_kinds_are_known_in_any_spelling(text, kinds):
    assert exchange_choice(order(Kinds=text)).kinds == kinds


def library(name: str) -> Library:
    return Library(PLEX, name, name, LibraryContent.FILMS)


def test_libraries_are_chosen_by_name_in_any_case_and_form_of_unicode():
    choice = exchange_choice(order(Libraries="FILME\u0301, movies"))
    found = choice.of([library("Filmé"), library(" Movies "), library("Movies 4K")])
    assert [one.name for one in found] == ["Filmé", " Movies "]
    assert len(exchange_choice(order()).of([library("A"), library("B")])) == 2


def test_a_reset_needs_a_library_and_is_of_posters_where_no_kind_is_named():
    chosen = read_reset_choice(order(LibraryToReset="Movies", Libraries="TV"))
    assert (chosen.kinds, chosen.libraries) == ({Kind.POSTER}, {"movies"})
    assert read_reset_choice(order(Libraries="TV", Kinds="season")).kinds == {Kind.SEASON}
    with pytest.raises(HandledExit, match="-LibraryToReset"):
        read_reset_choice(order(Kinds="season"))


@pytest.mark.parametrize(
    ("values", "kinds", "libraries"),
    [
        ({}, ALL_KINDS, None),
        ({"RestoreType": "Title Card", "Kinds": "poster"}, {Kind.TITLE_CARD}, None),
        ({"RestoreLibrary": "TV", "Libraries": "Movies"}, ALL_KINDS, {"tv"}),
        ({"Kinds": "poster", "Libraries": "Movies"}, {Kind.POSTER}, {"movies"}),
    ],
)
def test_the_own_words_of_a_restore_come_before_the_common_ones(values, kinds, libraries):
    chosen = read_restore_choice(order(**values))
    assert (chosen.kinds, chosen.libraries) == (kinds, libraries)


@pytest.mark.parametrize(
    ("read", "values", "words"),
    [
        (exchange_choice, {"Kinds": "poster,film"}, "-Kinds has film"),
        (read_restore_choice, {"RestoreType": "film"}, "-RestoreType takes one of"),
        (read_route, {}, "-Sync needs -From and -To"),
        (read_route, {"From": "plex"}, "-Sync needs -From and -To"),
        (read_route, {"From": "plex", "To": "Plex"}, "two different"),
        (read_route, {"From": "folder", "To": "plex"}, "-Sync needs -From and -To"),
        (lambda given: server_named(given, "From"), {"From": "kodi"}, "-From has kodi"),
    ],
)
def test_a_word_that_names_nothing_is_a_bad_argument_that_lists_what_there_is(read, values, words):
    with pytest.raises(HandledExit, match=words) as caught:
        read(order(**values))
    assert caught.value.code is ExitCode.BAD_ARGUMENTS


@pytest.mark.parametrize(
    ("given", "route"),
    [
        (order("SyncJelly"), Route(PLEX, JELLYFIN)),
        (order("SyncEmby"), Route(PLEX, EMBY)),
        (order("Sync", From="EMBY", To=" jellyfin "), Route(EMBY, JELLYFIN)),
        (order("Sync", "SyncEmby", From="emby", To="plex"), Route(PLEX, EMBY)),
    ],
)
def test_a_sync_goes_from_one_server_to_another(given, route):
    assert read_route(given) == route


def test_a_server_that_is_not_named_is_none():
    assert (server_named(order(), "To"), server_named(order(To="Emby"), "To")) == (None, EMBY)
