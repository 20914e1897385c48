import pytest

from app.core.errors import Invalid
from app.core.execution.run_requests import logo_arguments, manual_arguments, startable


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "alien.jpg").write_bytes(b"x")
    return folder


def make_form(**overrides):
    return {
        "picturePath": "https://image.tmdb.org/x.jpg",
        "titletext": "Alien",
        "folderName": "Alien (1979)",
        "libraryName": "Movies",
        "posterType": "standard",
        "seasonPosterName": "",
        "epTitleName": "",
        "episodeNumber": "",
        **overrides,
    }


PLACE = ["-Titletext", "Alien", "-FolderName", "Alien (1979)", "-LibraryName", "Movies"]


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, PLACE),
        (
            {"posterType": "season", "seasonPosterName": "Season 1"},
            ["-SeasonPoster", *PLACE, "-SeasonPosterName", "Season 1"],
        ),
        ({"posterType": "collection"}, ["-CollectionCard", *PLACE]),
        ({"posterType": "background"}, ["-BackgroundCard", *PLACE]),
        (
            {
                "posterType": "titlecard",
                "epTitleName": "Pilot",
                "seasonPosterName": "Season 1",
                "episodeNumber": "1",
            },
            [
                "-TitleCard",
                "-Titletext",
                "Pilot",
                *PLACE[2:],
                "-EPTitleName",
                "Pilot",
                "-SeasonPosterName",
                "Season 1",
                "-EpisodeNumber",
                "1",
            ],
        ),
    ],
)
def test_each_kind_has_its_arguments(overrides, expected):
    form = make_form(**overrides)
    assert manual_arguments(form, []) == ["-PicturePath", form["picturePath"], *expected]


@pytest.mark.parametrize(
    ("overrides", "named"),
    [
        ({"picturePath": " "}, "picturePath"),
        ({"folderName": ""}, "folderName"),
        ({"libraryName": "\t"}, "libraryName"),
        ({"posterType": "season"}, "seasonPosterName"),
        ({"posterType": "titlecard", "epTitleName": "x"}, "seasonPosterName, episodeNumber"),
    ],
)
def test_what_is_missing_is_named(overrides, named):
    with pytest.raises(Invalid, match=named):
        manual_arguments(make_form(**overrides), [])


@pytest.mark.parametrize(
    "name", ["..", ".", "../x", "a/b", "a\\b", "/etc", ".\x01.", ".\x7f", "\x00 .. \x00", ".\u2028.", "\x01"]
)
@pytest.mark.parametrize("field", ["folderName", "libraryName"])
def test_a_folder_name_cannot_leave_its_place(field, name):
    with pytest.raises(Invalid, match=field):
        manual_arguments(make_form(**{field: name}), [])


@pytest.mark.parametrize("given", ["alien.jpg", "{root}/alien.jpg", "{root}/../uploads/alien.jpg"])
def test_a_local_picture_may_lie_in_a_folder_for_pictures(uploads, given):
    form = make_form(picturePath=given.format(root=uploads))
    assert manual_arguments(form, [uploads])[1] == str(uploads / "alien.jpg")


@pytest.mark.parametrize(
    "given",
    [
        "/etc/passwd",
        "/etc/x.jpg",
        "../secret.png",
        "absent.jpg",
        "{root}/../secret.png",
        "link.png",
        "a\0.jpg",
    ],
)
def test_no_other_file_can_be_named_since_the_script_moves_it_away(uploads, given):
    (uploads.parent / "secret.png").write_bytes(b"x")
    (uploads / "link.png").symlink_to(uploads.parent / "secret.png")
    with pytest.raises(Invalid, match="picturePath"):
        manual_arguments(make_form(picturePath=given.format(root=uploads)), [uploads])


@pytest.mark.parametrize("given", ["ftp://x/y.jpg", "file:///etc/passwd", "http://", "http://[x/y.jpg"])
def test_an_address_must_be_one_of_the_web(given):
    with pytest.raises(Invalid, match="picturePath"):
        manual_arguments(make_form(picturePath=given), [])


def test_values_that_look_like_switches_are_made_harmless():
    assert manual_arguments(make_form(titletext="-Testing"), [])[3] == " -Testing"


@pytest.mark.parametrize("mode", ["normal", "testing", "backup", "restore", "syncjelly", "syncemby"])
def test_modes_without_arguments_may_be_started(mode):
    assert startable(mode) == mode


@pytest.mark.parametrize(
    ("mode", "hint"),
    [
        ("manual", "run-manual"),
        ("reset", "reset-posters"),
        ("logoupdater", "run-logoupdater"),
        ("logorevert", "run-logoupdater"),
        ("arr", "Invalid mode: arr"),
        ("x", "x"),
    ],
)
def test_other_modes_are_refused_with_a_hint(mode, hint):
    with pytest.raises(Invalid, match=hint):
        startable(mode)


def test_logos_name_a_library_or_all():
    assert logo_arguments("all", force_replace=False) == ["-LibraryName", "all"]
    assert logo_arguments(" -TV ", force_replace=True) == ["-LibraryName", " -TV", "-ForceReplace"]
    with pytest.raises(Invalid):
        logo_arguments(" ", force_replace=True)
