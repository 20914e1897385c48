import pytest

from app.core.replacing.asset_place import UNKNOWN, AssetPlace, asset_place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("Movies/Alien (1979)/poster.jpg", AssetPlace("Movies", "Alien (1979)")),
        ("Movies/Alien (1979)/background.jpg", AssetPlace("Movies", "Alien (1979)", "background")),
        ("TV/Anime/Dark (2017)/Season01.jpg", AssetPlace("TV", "Dark (2017)", "season", 1)),
        ("TV/Dark (2017)/S01E10.png", AssetPlace("TV", "Dark (2017)", "titlecard", 1, 10)),
        ("Collections/Movies/Aliens/poster.jpg", AssetPlace("Movies", "Aliens", "collection")),
        ("Alien (1979).jpg", AssetPlace("", "Alien (1979)")),
        ("Alien (1979)_background.jpg", AssetPlace("", "Alien (1979)", "background")),
        ("Dark (2017)_Season00.jpg", AssetPlace("", "Dark (2017)", "season", 0)),
        ("Dark (2017)_S01E02.jpg", AssetPlace("", "Dark (2017)", "titlecard", 1, 2)),
        ("Movies/Alien (1979)/anything.webp", AssetPlace("Movies", "Alien (1979)")),
        ("../config.json", UNKNOWN),
        ("/etc/poster.jpg", UNKNOWN),
        ("a\0b/poster.jpg", UNKNOWN),
        ("", UNKNOWN),
    ],
)  # fmt: skip
def test_a_path_says_library_folder_kind_and_numbers(path, place):
    assert asset_place(path) == place
