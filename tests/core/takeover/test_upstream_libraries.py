"""Libraries: what config.json has is in use, and what only the old list has is named."""

from tests.upstream import insert_rows, make_database, write_config


def make_libraries(data, *rows):
    path = make_database(data, "server_libraries.db")
    names = ("server_type", "library_name", "is_excluded")
    insert_rows(path, "media_server_libraries", *(dict(zip(names, row, strict=True)) for row in rows))


def test_exclusions_that_the_settings_have_are_in_use_and_others_are_named(take, data):
    make_libraries(
        data, ("plex", "Home", 1), ("plex", "Kids", "0"), ("Emby", "Music", "true"), ("jellyfin", "X", None)
    )
    write_config(
        data, PlexPart={"LibstoExclude": ["Home", "Trailers"]}, EmbyPart={"LibstoExclude": "Music, More"}
    )
    outcome = take("library exclusions")
    assert (outcome.state, outcome.taken, outcome.notes) == ("in_place", 2, [])
    write_config(data, PlexPart={"LibstoExclude": None})
    outcome = take("library exclusions")
    assert (outcome.state, outcome.taken, bool(outcome.advice)) == ("not_taken", 0, True)
    assert outcome.notes == [
        "'Home' of plex is excluded in the old list, and not in config.json.",
        "'Music' of emby is excluded in the old list, and not in config.json.",
    ]
