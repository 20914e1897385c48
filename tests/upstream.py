"""Data folders as Posterizarr of several versions leaves them, small, and made by plain SQL."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import bcrypt
from PIL import Image

HISTORY = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, mode TEXT NOT NULL,"
    " runtime_seconds INTEGER, runtime_formatted TEXT, total_images INTEGER, posters INTEGER,"
    " seasons INTEGER, backgrounds INTEGER, titlecards INTEGER, collections INTEGER, errors INTEGER,"
    " fallbacks INTEGER, tba_skipped INTEGER, jap_chines_skipped INTEGER, notification_sent INTEGER,"
    " uptime_kuma INTEGER, images_cleared INTEGER, folders_cleared INTEGER, space_saved TEXT,"
    " script_version TEXT, im_version TEXT, start_time TEXT, end_time TEXT, log_file TEXT,"
    " status TEXT DEFAULT 'completed', notes TEXT"
)
CHOICES = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT, Title TEXT NOT NULL, Type TEXT, Rootfolder TEXT, LibraryName TEXT,"
    " Language TEXT, Fallback TEXT, TextTruncated TEXT, DownloadSource TEXT, FavProviderLink TEXT,"
    " Manual TEXT, tmdbid TEXT, tvdbid TEXT, imdbid TEXT, created_at TIMESTAMP, updated_at TIMESTAMP,"
    " UNIQUE(Title, Rootfolder, Type, LibraryName)"
)
IMPORTED = "id INTEGER PRIMARY KEY AUTOINCREMENT, run_timestamp TEXT, created_at TEXT, updated_at TEXT"
LIBRARY_FACTS = (
    "library_name, library_type, library_language, title, original_title, year, tvdbid, imdbid, tmdbid"
)
SEASON_FACTS = "show_name, type, tvdbid, tmdbid, library_name, season_number, episodes, title, rating_keys"
EXPORTS = {
    "plex_library_export": f"{IMPORTED}, {LIBRARY_FACTS}, resolution, rating_key UNIQUE, labels",
    "plex_episode_export": f"{IMPORTED}, {SEASON_FACTS}, resolutions, UNIQUE(show_name, season_number)",
    "other_media_library_export": f"{IMPORTED}, {LIBRARY_FACTS}, media_id UNIQUE, labels",
    "other_media_episode_export": f"{IMPORTED}, {SEASON_FACTS}, imdbid, UNIQUE(show_name, season_number)",
    "migration_info": "key TEXT PRIMARY KEY, value TEXT, updated_at TEXT",
}
SETTINGS_COPY = {
    "config": "id INTEGER PRIMARY KEY, section, key, value TEXT, value_type TEXT, UNIQUE(section, key)",
    "config_metadata": "id INTEGER PRIMARY KEY, last_sync_time TEXT",
    "api_keys": "id INTEGER PRIMARY KEY, name TEXT, prefix TEXT, key_hash TEXT, created_at, last_used_at",
}
LIBRARIES = (
    "id INTEGER PRIMARY KEY, server_type TEXT, library_name TEXT, library_type TEXT, is_excluded,"
    " last_fetched, UNIQUE(server_type, library_name)"
)
QUEUE = (
    "id INTEGER PRIMARY KEY, asset_path TEXT, source_type TEXT, source_data TEXT, overlay_params TEXT,"
    " status TEXT DEFAULT 'pending', error_message TEXT, created_at, updated_at"
)
# By file and table, of version 2.1.15.
SCHEMAS = {
    "runtime_stats.db": {
        "runtime_stats": HISTORY + ", textless INTEGER, truncated INTEGER, text INTEGER",
        "migration_info": "key TEXT PRIMARY KEY, value TEXT, updated_at TEXT",
    },
    "imagechoices.db": {"imagechoices": CHOICES},
    "media_export.db": EXPORTS,
    "config.db": SETTINGS_COPY,
    "server_libraries.db": {"media_server_libraries": LIBRARIES},
    "queue.db": {"queue_items": QUEUE},
}
# The table without what later versions added.
EARLY_HISTORY = "id INTEGER PRIMARY KEY, timestamp TEXT, mode TEXT, runtime_seconds INTEGER, posters INTEGER"


def make_database(data: Path, file: str, tables: dict[str, str] | None = None) -> Path:
    """An upstream database with its tables, which have no rows."""
    path = data / "database" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        for name, columns in (tables or SCHEMAS[file]).items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
    return path


def insert_rows(path: Path, table: str, *rows: dict) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def make_past_run(**overrides) -> dict:
    """A row of the old history: 25 November 2025, 16:30:03 to 16:34:17 by a local clock."""
    values = {
        "timestamp": "2025-11-25T16:30:03",
        "mode": "scheduled",
        "runtime_seconds": 254,
        "runtime_formatted": "0h 4m 14s",
        "total_images": 4,
        "posters": 1,
        "seasons": 2,
        "backgrounds": 1,
        "titlecards": 0,
        "collections": 1,
        "errors": 3,
        "fallbacks": 1,
        "notification_sent": 1,
        "space_saved": "1.20 GB",
        "script_version": "2.1.15",
        "start_time": "2025-11-25T16:30:03",
        "end_time": "2025-11-25T16:34:17",
        "log_file": "scheduled.json",
    }
    return values | overrides


def make_history(data: Path, *rows: dict, columns: str = "") -> Path:
    tables = {"runtime_stats": columns} if columns else None
    path = make_database(data, "runtime_stats.db", tables)
    insert_rows(path, "runtime_stats", *rows)
    return path


def make_past_choice(**overrides) -> dict:
    """A row of the old table of choices."""
    values = {
        "Title": "Alien",
        "Type": "Movie",
        "Rootfolder": "Alien (1979)",
        "LibraryName": "Movies",
        "Language": "Textless",
        "Fallback": "False",
        "TextTruncated": "false",
        "DownloadSource": "https://image.tmdb.org/t/p/original/x.jpg",
        "FavProviderLink": "https://www.themoviedb.org/movie/348/images/posters",
        "Manual": "false",
        "tmdbid": "348",
        "tvdbid": None,
        "imdbid": "tt0078748",
        "created_at": "2025-11-20 10:00:00",
        "updated_at": "2025-11-25 16:34:17",
    }
    return values | overrides


def make_choices(data: Path, *rows: dict, columns: str = CHOICES) -> Path:
    path = make_database(data, "imagechoices.db", {"imagechoices": columns})
    insert_rows(path, "imagechoices", *rows)
    return path


def make_past_film(title: str, stamp: str | None, **overrides) -> dict:
    """A row of either table of libraries."""
    facts = {"title": title, "library_name": "Movies", "library_type": "movie", "year": "1979"}
    return {"run_timestamp": stamp, **facts, **overrides}


def make_past_season(show: str, stamp: str | None, **overrides) -> dict:
    """A row of either table of episodes, with three of them."""
    facts = {"show_name": show, "season_number": "1", "episodes": "1,2,3", "library_name": "TV Shows"}
    return {"run_timestamp": stamp, **facts, **overrides}


def make_past_key(plain: str, **overrides) -> dict:
    """A row of the old table of keys, as cheap to check as bcrypt allows."""
    hashed = bcrypt.hashpw(plain.encode(), bcrypt.gensalt(4)).decode()
    values = {"name": "Sonarr", "prefix": plain[:8], "key_hash": hashed, "created_at": "2025-12-13 10:00:00"}
    return values | overrides


def make_keys(data: Path, *rows: dict) -> Path:
    path = make_database(data, "config.db")
    insert_rows(path, "api_keys", *rows)
    return path


def make_past_item(data: Path, name: str, **overrides) -> dict:
    """A row of the old queue, with the picture that was sent for it."""
    (data / "queue_staging").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 60)).save(data / "queue_staging" / name)
    params = {
        "asset_type": "poster",
        "title_text": "Alien",
        "season_number": "",
        "process_with_overlays": False,
    }
    values = {
        "asset_path": "Movies/Alien (1979)/poster.jpg",
        "source_type": "upload",
        "source_data": f"/config/queue_staging/{name}",
        "overlay_params": json.dumps(params),
        "status": "pending",
    }
    return values | overrides


def make_queue(data: Path, *rows: dict) -> Path:
    path = make_database(data, "queue.db")
    insert_rows(path, "queue_items", *rows)
    return path


def write_config(data: Path, **sections) -> Path:
    data.mkdir(parents=True, exist_ok=True)
    path = data / "config.json"
    path.write_text(json.dumps(sections, indent=2))
    return path


def digests(data: Path) -> dict[str, str]:
    """The SHA-256 of every file by its path below the data folder, without the server's own database."""
    files = (
        path for path in data.rglob("*") if path.is_file() and not path.name.startswith("posterizarr.db")
    )
    return {str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


KEY = "OldKey-1" + "k" * 35


def make_folder(data: Path) -> None:
    """The folder of a version that ran for a while in a container, with something in each of its parts."""
    for name in ("Logs", "RotatedLogs/Logs_20251124_043417", "UILogs", "temp", "test", "uploads", "watcher"):
        (data / name).mkdir(parents=True, exist_ok=True)
    make_history(data, make_past_run(), make_past_run(mode="normal", end_time="2025-11-25T17:00:00"))
    make_choices(
        data, make_past_choice(), make_past_choice(Title="Dark | Season 2", Type="Season", Manual="Yes")
    )
    exports = make_database(data, "media_export.db")
    insert_rows(exports, "plex_library_export", make_past_film("Alien", "2025-11-25T16:34:20.5"))
    make_keys(data, make_past_key(KEY))
    libraries = make_database(data, "server_libraries.db")
    facts = {"server_type": "plex", "library_name": "Home", "library_type": "movie", "is_excluded": 1}
    insert_rows(libraries, "media_server_libraries", facts)
    make_queue(data, make_past_item(data, "new.jpg"))
    write_config(
        data,
        WebUI={"basicAuthEnabled": True, "basicAuthUsername": "admin", "basicAuthPassword": "old password"},
        PrerequisitePart={"AssetPath": "/mounted/assets", "ManualAssetPath": "", "BackupPath": ""},
        PlexPart={"UsePlex": "false", "LibstoExclude": ["Home"]},
    )
    entry = {
        "time": "03:30",
        "description": "at night",
        "mode": "normal",
        "frequency": "daily",
        "status": "success",
    }
    schedules = {"enabled": True, "schedules": [entry], "timezone": "Europe/Berlin", "skip_if_running": True}
    (data / "scheduler.json").write_text(json.dumps(schedules | {"last_run": "2025-11-25T03:30:00.000123"}))
    (data / "RotatedLogs/Logs_20251124_043417/Scriptlog.log").write_text(
        "[2025-11-24 04:34:17] [INFO] Finished\n"
    )
    (data / "Overlayfiles").mkdir()
    (data / "Overlayfiles" / "overlay.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (data / "config_backup_20251101_101010.json").write_text("{}")
