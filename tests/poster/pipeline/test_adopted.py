"""Files that were there before the first run: an old installation's are kept, those made by hand stay."""

from PIL import Image

from tests.poster.pipeline.media import add_film, contents, run_over
from tests.poster.program import write_config

MINE, THEIRS = "Movies/Alien (1979)/poster.jpg", "Movies/Dark Star (1974)/poster.jpg"


def run(data, media, **poster: str) -> dict[str, bytes]:
    """What lies in the asset folder after a run with settings of PosterOverlayPart."""
    write_config(data, PlexPart={"UsePlex": "false"}, PosterOverlayPart=poster)
    run_over(data, media)
    return contents(data)


def test_an_old_installations_file_is_kept_until_something_changes_and_a_persons_for_ever(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    for path, comment in ((MINE, b"created with posterizarr"), (THEIRS, b"")):
        add_film(media, path.split("/")[1], poster="navy")
        target = data / "assets" / path
        target.parent.mkdir(parents=True)
        Image.new("RGB", (200, 300), "olive").save(target, comment=comment)
    before = contents(data)
    assert run(data, media) == before
    assert run(data, media) == before
    changed = run(data, media, fontcolor="red")
    assert changed[MINE] != before[MINE]
    assert changed[THEIRS] == before[THEIRS]
    write_config(data, PlexPart={"UsePlex": "false"}, PrerequisitePart={"FileTestOnTrigger": "false"})
    run_over(data, media, "-ArrTrigger", "-arr_platform", "Radarr", "-arr_movie_title", "Dark Star")
    assert contents(data)[THEIRS] == before[THEIRS]
