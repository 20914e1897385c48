"""Bodies as Sonarr, Radarr and Tautulli send them, version by version."""

import json

SONARR_VERSIONS = ("2.0.0", "3.0.10", "4.0.1", "4.0.6", "4.0.9", "4.0.10", "4.0.19", "5.0.0")
RADARR_VERSIONS = ("0.2.0", "3.0.0", "3.2.0", "3.2.1", "4.0.4", "4.3.1", "5.2.6", "5.10.1", "6.0.4")
SERIES_FOLDER, FILM_FOLDER = "/tv/Dark (2017)", "/movies/Alien (1979)"
EPISODE_FILE = "Season 01/Dark - S01E01 - Secrets.mkv"
FILM_FILE = "Alien (1979) Bluray-1080p.mkv"
# Where old versions say that the file lies.
DOWNLOADS = "/downloads/complete"
WITHOUT_ITEM = {"Health", "HealthRestored", "ApplicationUpdate"}

SONARR_EVENTS = {
    "Grab": {"release": {"releaseTitle": "Dark.S01", "indexer": "x", "size": 7}, "downloadId": "A"},
    "Rename": {"renamedEpisodeFiles": [{"id": 1, "relativePath": EPISODE_FILE, "previousPath": "/tv/x.mkv"}]},
    "SeriesAdd": {},
    "SeriesDelete": {"deletedFiles": True},
    "EpisodeFileDelete": {"deleteReason": "upgrade", "episodeFile": {"id": 1, "relativePath": EPISODE_FILE}},
    "Health": {
        "level": "warning",
        "message": "Indexers are down",
        "type": "IndexerCheck",
        "wikiUrl": "http://x",
    },
    "HealthRestored": {"level": "ok", "message": "Back", "type": "IndexerCheck", "wikiUrl": "http://x"},
    "ApplicationUpdate": {"message": "Updated", "previousVersion": "4.0.18", "newVersion": "4.0.19"},
    "ManualInteractionRequired": {
        "downloadInfo": {"title": "Dark"},
        "downloadStatus": "Warning",
        "episodes": [],
    },
}
RADARR_EVENTS = {
    "Grab": {"release": {"size": 0, "indexerFlags": []}, "downloadId": "A"},
    "Rename": {"renamedMovieFiles": [{"id": 1, "relativePath": FILM_FILE}]},
    "MovieAdded": {"addMethod": "manual"},
    "MovieDelete": {"deletedFiles": False, "movieFolderSize": 0},
    "MovieFileDelete": {"deleteReason": "upgrade", "movieFile": {"id": 1, "relativePath": FILM_FILE}},
    "Health": {"level": "error", "message": "Disk", "type": "RootFolderCheck", "wikiUrl": "http://x"},
    "HealthRestored": {"level": "ok", "message": "Disk", "type": "RootFolderCheck", "wikiUrl": "http://x"},
    "ApplicationUpdate": {"message": "Updated", "previousVersion": "6.0.3", "newVersion": "6.0.4"},
    "ManualInteractionRequired": {"downloadInfo": {"title": "Alien"}, "downloadStatus": "Error"},
}


def since(version, *first):
    return tuple(map(int, version.split("."))) >= first


def wire(payload, line_end="\n"):
    """The bytes as those programs write them: indented, not escaped, with the line ends of their system."""
    text = json.dumps(payload, indent=2, ensure_ascii=False)
    return text.replace("\n", line_end).encode()


def told(*parts):
    """Parts of a body with what is None left out, as the senders leave it out."""
    together = {key: value for part in parts for key, value in part.items()}
    return {key: value for key, value in together.items() if value is not None}


def make_series(version="4.0.19", **overrides):
    series = {"id": 5, "title": "Dark", "path": SERIES_FOLDER, "tvdbId": 334824}
    if since(version, 3):
        series |= {"tvMazeId": 17861, "imdbId": "tt5753856", "type": "standard"}
    if since(version, 4):
        series |= {"titleSlug": "dark", "year": 2017}
    if since(version, 4, 0, 6):
        series |= {"tmdbId": 70523, "genres": ["Drama"], "images": [], "tags": ["posters"]}
    if since(version, 4, 0, 19):
        series |= {"originalLanguage": {"id": 4, "name": "German"}}
    if since(version, 5):
        series |= {"malIds": [], "aniListIds": [], "originalCountry": "de"}
    return told(series | overrides)


def make_episode(number=1, season=1, version="4.0.19", **overrides):
    episode = {
        "id": 100 * season + number,
        "episodeNumber": number,
        "seasonNumber": season,
        "title": f"Part {number}",
        "airDate": "2017-12-01",
        "airDateUtc": "2017-12-01T08:00:00Z",
    }
    if since(version, 4):
        episode |= {"overview": "Two children vanish.", "seriesId": 5, "tvdbId": 0}
    return told(episode | overrides)


def make_file(version, relative, folder, is_new_path, **overrides):
    """An episodeFile or a movieFile; old versions tell the path of the download."""
    path = f"{folder}/{relative}" if is_new_path else f"{DOWNLOADS}/{relative.rpartition('/')[2]}"
    file = {"id": 71, "relativePath": relative, "path": path, "quality": "Bluray-1080p", "qualityVersion": 1}
    if since(version, 4, 0, 6):
        file |= {"size": 7_000_000_000, "dateAdded": "2026-06-26T10:00:00.1234567Z", "languages": []}
        file |= {"mediaInfo": {"audioChannels": 5.1, "height": 1080}}
    return told(file | overrides)


def make_episode_file(version="4.0.19", relative=EPISODE_FILE, folder=SERIES_FOLDER, **overrides):
    return make_file(version, relative, folder, since(version, 4, 0, 10), **overrides)


def make_movie_file(version="6.0.4", relative=FILM_FILE, folder=FILM_FOLDER, **overrides):
    return make_file(version, relative, folder, since(version, 5, 10, 1), **overrides)


def ending(version, name, first_with_names):
    """What stands at the end of a body."""
    names = {"instanceName": "Sonarr", "applicationUrl": ""} if since(version, *first_with_names) else {}
    return {"eventType": name, **names}


def make_sonarr(version="4.0.19", **overrides):
    """A per-file Download; None takes a key away."""
    body = {
        "series": make_series(version),
        "episodes": [make_episode(version=version)],
        "episodeFile": make_episode_file(version),
        "isUpgrade": False,
        "downloadClient": "qBittorrent",
        "downloadId": "8A1F",
    }
    if since(version, 4):
        body |= {"customFormatInfo": {"customFormats": [], "customFormatScore": -5}}
        body |= {"release": {"releaseType": "unknown"}}
    return told(body, ending(version, "Download", (4,)), overrides)


def make_import_complete(version="4.0.19", episodes=3, **overrides):
    """Sonarr's On Import Complete: all files of a release in one body."""
    files = [
        make_episode_file(version, f"Season 01/Dark - S01E{number:02}.mkv", id=70 + number)
        for number in range(1, episodes + 1)
    ]
    body = {
        "series": make_series(version),
        "episodes": [make_episode(number, version=version) for number in range(1, episodes + 1)],
        "episodeFiles": files,
        "fileCount": episodes,
        "sourcePath": f"{DOWNLOADS}/Dark.S01",
        "destinationPath": f"{SERIES_FOLDER}/Season 01",
        "release": {"releaseTitle": "Dark.S01", "releaseType": "seasonPack"},
    }
    return told(body, ending(version, "Download", (4,)), overrides)


def make_sonarr_event(name, version="4.0.19", **overrides):
    item = {} if name in WITHOUT_ITEM else {"series": make_series(version), "episodes": [make_episode()]}
    return told(item, SONARR_EVENTS[name], ending(version, name, (4,)), overrides)


def make_sonarr_test(**overrides):
    series = {
        "id": 1,
        "title": "Test Title",
        "path": "C:\\testpath",
        "tvdbId": 1234,
        "tvMazeId": 0,
        "tmdbId": 0,
    }
    episode = {"id": 123, "episodeNumber": 1, "seasonNumber": 1, "title": "Test title"}
    body = {"series": {**series, "year": 0, "tags": ["test-tag"]}, "episodes": [episode]}
    return told(body, ending("4.0.19", "Test", (4,)), overrides)


def make_movie(version="6.0.4", **overrides):
    movie = {"id": 9, "title": "Alien", "releaseDate": "1979-05-25", "folderPath": FILM_FOLDER}
    if since(version, 3):
        movie |= {"tmdbId": 348, "imdbId": "tt0078748"}
    if since(version, 3, 2, 1):
        movie |= {"year": 1979}
    if since(version, 5, 8):
        movie |= {"overview": "In space", "tags": [], "genres": ["Horror"], "images": []}
    return told(movie | overrides)


def make_radarr(version="6.0.4", **overrides):
    """A Download; None takes a key away."""
    body = {
        "movie": make_movie(version),
        "remoteMovie": {"tmdbId": 348, "imdbId": "tt0078748", "title": "Alien", "year": 1979},
        "movieFile": make_movie_file(version),
        "isUpgrade": False,
        "downloadClient": "SABnzbd",
        "downloadId": "SAB_1",
    }
    if since(version, 4, 4, 2):
        body |= {"customFormatInfo": {"customFormats": [], "customFormatScore": 0}}
        body |= {"release": {"size": 0, "indexerFlags": []}}
    return told(body, ending(version, "Download", (4, 3, 1)), overrides)


def make_radarr_event(name, version="6.0.4", **overrides):
    item = {} if name in WITHOUT_ITEM else {"movie": make_movie(version)}
    return told(item, RADARR_EVENTS[name], ending(version, name, (4, 3, 1)), overrides)


def make_radarr_test(**overrides):
    movie = {
        "id": 1,
        "title": "Test Title",
        "year": 1970,
        "releaseDate": "1970-01-01",
        "folderPath": "C:\\testpath",
    }
    remote = {"tmdbId": 1234, "imdbId": "5678", "title": "Test title", "year": 1970}
    release = {"releaseTitle": "Test Title", "indexer": "Test Indexer", "size": 9999999}
    body = {"movie": {**movie, "tmdbId": 0}, "remoteMovie": remote, "release": release}
    return told(body, ending("6.0.4", "Test", (4,)), overrides)


def make_tautulli(**overrides):
    """The documented template as Tautulli fills it in for a film; None takes a key away."""
    filled = {"RatingKey": "1234", "mediatype": "movie", "parentratingkey": "", "grandparentratingkey": ""}
    return told(filled | overrides)


TEMPLATE = {
    "RatingKey": "{rating_key}",
    "mediatype": "{media_type}",
    "parentratingkey": "{parent_rating_key}",
    "grandparentratingkey": "{grandparent_rating_key}",
}
LIDARR = {
    "artist": {"id": 1, "name": "Can", "path": "/music/Can"},
    "albums": [],
    "tracks": [],
    "eventType": "Download",
}
READARR = {"author": {"id": 1, "name": "Lem", "path": "/books"}, "book": {"id": 2}, "eventType": "Download"}
