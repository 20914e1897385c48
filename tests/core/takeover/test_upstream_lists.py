"""Libraries and queue: what config.json has is in use, and what is nowhere else is named."""

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


def test_what_waits_in_the_queue_is_named_as_not_taken(take, data):
    path = make_database(data, "queue.db")
    assert take("queue").state == "absent"
    states = ("completed", "pending", "processing", None)
    insert_rows(
        path,
        "queue_items",
        *({"asset_path": f"{state}.jpg", "source_type": "url", "status": state} for state in states),
    )
    outcome = take("queue")
    assert outcome.state == "not_taken" and outcome.notes[0] == "pending.jpg (url)"
    assert dict(outcome.left_out) == {
        "completed by the old program": 1,
        "pending in the queue": 2,
        "processing in the queue": 1,
    }
