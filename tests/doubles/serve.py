"""The doubles of a large world as a process: `python -m tests.doubles.serve FILMS SHOWS EPISODES`.

The first line of the output is JSON with `environment` and `keys`. Each line of the input is answered with
one line of JSON: the number of requests so far by double. The end of the input ends the process.
"""

import json
import sys

from tests.doubles import image_host
from tests.doubles.coded_pictures import draw_coded
from tests.doubles.provider_doubles import ProviderDoubles, serving_providers
from tests.doubles.world import (  # fmt: skip
    BACKGROUND,
    FANART,
    POSTER,
    SEASON,
    STILL,
    TMDB,
    TVDB,
    Art,
    EpisodeEntry,
    Film,
    Show,
    World,
)

FULL_SIZE = {True: (2000, 3000), False: (3840, 2160)}
OTHERS = 20


def large_world(films: int, shows: int, episodes: int) -> World:
    """Films and shows with ids from 1, each with art in some twenty languages at TMDB and some elsewhere."""
    return World(
        [
            Film(f"Film {number}", 2000, number, art=art_of_title(f"film-{number}"))
            for number in range(1, films + 1)
        ],
        [large_show(number, episodes) for number in range(1, shows + 1)],
    )


def large_show(number: int, episodes: int) -> Show:
    name = f"show-{number}"
    art = art_of_title(name)
    art += [Art(TMDB, SEASON, f"{name}-season.jpg", season=1)]
    art += [Art(TMDB, STILL, f"{name}-{one}.jpg", season=1, episode=one) for one in range(1, episodes + 1)]
    entries = [EpisodeEntry(1, one, f"Episode {one}", number * 1000 + one) for one in range(1, episodes + 1)]
    return Show(f"Show {number}", 2000, number, tvdb=number, art=art, episodes=entries)


def art_of_title(name: str) -> list[Art]:
    languages = [f"{first}{second}" for first in "defps" for second in "aelr"]
    return [
        *(Art(TMDB, POSTER, f"{name}-{language}.jpg", language, votes=5.0) for language in languages),
        Art(TMDB, POSTER, f"{name}-textless.jpg", votes=4.0),
        *(Art(TMDB, BACKGROUND, f"{name}-background-{other}.jpg") for other in range(OTHERS)),
        Art(TVDB, POSTER, f"{name}-tvdb.jpg", includes_text=False),
        Art(FANART, POSTER, f"{name}-fanart.jpg", "00"),
    ]


def same_picture(art: Art) -> bytes:
    """A picture of full size that is encoded once; a comment makes the bytes of each name differ."""
    content = draw_coded(0, FULL_SIZE[art.kind in (POSTER, SEASON)])
    comment = art.name.encode()
    return content[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + content[2:]


def answer_lines(doubles: ProviderDoubles) -> None:
    print(json.dumps({"environment": doubles.environment, "keys": doubles.keys}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(doubles.counts()), flush=True)


def main(films: str, shows: str, episodes: str) -> None:
    image_host.picture_of = same_picture
    with serving_providers(large_world(int(films), int(shows), int(episodes))) as doubles:
        answer_lines(doubles)


if __name__ == "__main__":
    main(*sys.argv[1:])
