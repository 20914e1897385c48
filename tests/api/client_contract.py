"""What the existing web page reads of each answer, in a notation of our own.

`name:type` is a field: s text, n a number, v one of both, b true or false, o an object, l a list, ? or null.
`name{...}` is an object with these fields, `name[...]` a list of such objects, of which there must be one,
and `name[]:type` a list of values. `.` stands for the answer itself where that is a list. A missing field
or one of another type breaks a page.
"""

from typing import Any, NamedTuple


class Call(NamedTuple):
    """A call of the page, and the fields that it reads of the answer."""

    method: str
    path: str
    reads: str
    body: Any = None


STATUS = """
    running:b current_mode:s? pid:n? start_time:s? script_exists:b config_exists:b active_log:s
    already_running_detected:b last_logs[]:s
"""
VERSION = "local:s remote:s? is_update_available:b"
SCHEDULER = """
    success:b enabled:b running:b is_executing:b schedules[time:s description:s] next_run:s? timezone:s
"""
SYSTEM = """
    platform:s os_version:s cpu_model:s cpu_cores:n memory_percent:n total_memory:s used_memory:s
    free_memory:s is_docker:b
"""
COUNTERS = """
    total_images:n posters:n seasons:n backgrounds:n titlecards:n collections:n errors:n fallbacks:n
    textless:n truncated:n text:n tba_skipped:n jap_chines_skipped:n notification_sent:b uptime_kuma:b
    images_cleared:n folders_cleared:n space_saved:s? script_version:s? im_version:s?
"""
RUN = f"id:n start_time:s? mode:s runtime_formatted:s end_time:s? notes:s? {COUNTERS}"
CHOICE = """
    id:n Title:s? Type:s? Rootfolder:s? LibraryName:s? Language:s? Manual:s? TextTruncated:s?
    DownloadSource:s? FavProviderLink:s?
"""
CATEGORIES = "".join(
    f"{name}{{count:n assets[{CHOICE}]}} "
    for name in (
        *("missing_assets", "missing_assets_fav_provider", "non_primary_lang", "non_primary_provider"),
        *("truncated_text", "assets_with_issues"),
    )
)
IMAGE = "path:s name:s url:s size:n"
EXPORTED = """
    id:n title:s original_title:s? year:s? library_name:s library_type:s resolution:s? labels:s
    tmdbid:s? imdbid:s? tvdbid:s? path:s? root_foldername:s? created_at:s
"""
EPISODES = """
    id:n show_name:s season_number:s episodes:s title:s resolutions:s library_name:s library_type:s? tmdbid:s?
    tvdbid:s? created_at:s
"""
EXPORT_FIGURES = "success:b statistics{latest_run_library_count:n latest_run_total_episodes:n latest_run:s}"
SUMMARY = f"""
    success:b summary{{total_runs:n total_images:n average_runtime_formatted:s total_errors:n
    total_collections:n total_space_saved:s mode_counts:o latest_run{{{RUN}}}}}
"""
QUEUED = """
    id:n status:s error_message:s? source_type:s source_data:s? asset_path:s created_at:s
    overlay_params{asset_type:s? season_number:v? episode_number:v? episode_title:s?
    title_text:s? folder_name:s? process_with_overlays:b}
"""
ITEM = "TV%20Shows%2FDark%20(2017)"

READING = [
    # on every page
    Call("GET", "auth/check", "enabled:b authenticated:b"),
    Call(
        "GET",
        "assets/overview",
        f"""categories{{{CATEGORIES} resolved{{assets[{CHOICE}]}}}}
        config{{primary_language:s primary_provider:s}}""",
    ),
    Call(
        "GET",
        "manual-assets-gallery",
        f"total_assets:n libraries[name:s folders[name:s path:s asset_count:n assets[type:s {IMAGE}]]]",
    ),
    Call("GET", "version", VERSION),
    # dashboard
    Call(
        "GET",
        "dashboard/all",
        f"""success:b status{{{STATUS}}} version{{{VERSION}}} scheduler_status{{{SCHEDULER}}}
        system_info{{{SYSTEM}}}""",
    ),
    Call("GET", "status", STATUS),
    Call("GET", "scheduler/status", f"{SCHEDULER} last_run:s? active_jobs[name:s next_run:s]"),
    Call("GET", "system-info", SYSTEM),
    Call("GET", "runtime-stats", f"success:b runtime:s? mode:s start_time:s? {COUNTERS}"),
    Call("GET", "runtime-history/migration-status", "success:b is_migrated:b"),
    Call(
        "GET",
        "recent-assets",
        """success:b assets[title:s type:s library:s language:s rootfolder:s is_manually_created:b fallback:b
        text_truncated:b has_poster:b poster_url:s provider_link:s? created:n modified:n]""",
    ),
    # run modes
    Call("GET", "logs/Scriptlog.log/exists", "exists:b"),
    Call("GET", "assets/folders", "success:b libraries[name:s itemCount:n]"),
    Call("GET", "assets/folders?library_name=TV Shows", "success:b folders[folderName:s title:s year:s?]"),
    # galleries and folders
    Call(
        "GET",
        "assets-folders",
        """folders[name:s path:s poster_count:n background_count:n season_count:n titlecard_count:n
        total_count:n]""",
    ),
    *[
        Call("GET", f"assets-folder-images/{kind}/TV Shows", f"images[{IMAGE} created:n modified:n]")
        for kind in ("posters", "backgrounds", "seasons", "titlecards")
    ],
    Call("GET", "folder-view/items/TV Shows", "folders[name:s path:s asset_count:n]"),
    Call("GET", "folder-view/assets/TV%20Shows%2FDark%20(2017)", f"assets[{IMAGE}]"),
    # image choices
    Call("GET", "imagechoices/{choice}/find-asset", "success:b asset{name:s path:s library:s url:s}"),
    # scheduler
    Call(
        "GET",
        "scheduler/config",
        "success:b config{enabled:b timezone:s skip_if_running:b schedules[time:s description:s]}",
    ),
    # settings
    Call(
        "GET",
        "config",
        """success:b config:o ui_groups:o display_names:o tooltips:o using_flat_structure:b
        _root{onboarding_completed:b}""",
    ),
    Call("GET", "overlayfiles", "success:b files[name:s type:s size:n extension:s]"),
    Call("GET", "fonts", "success:b files[]:s"),
    Call("GET", "webui-settings", "success:b settings{log_level:s}"),
    # logs
    Call("GET", "logs", "logs[name:s size:n]"),
    Call("GET", "logs/Scriptlog.log?tail=1000", "content[]:s"),
    Call("GET", "logs/Scriptlog.log?tail=0", "content[]:s"),
    # history
    Call("GET", "runtime-history?limit=10&offset=0", f"success:b history[{RUN}] total:n"),
    Call("GET", "runtime-history?limit=10&offset=0&mode=normal", f"success:b history[{RUN}] total:n"),
    *[Call("GET", f"runtime-summary?days={days}", SUMMARY) for days in (7, 30, 90)],
    Call("GET", "test-gallery", f"images[{IMAGE}]"),
    # about
    Call(
        "GET",
        "assets/stats",
        """success:b stats{posters:n backgrounds:n seasons:n titlecards:n total_size:n
        folders[name:s files:n size:n]}""",
    ),
    Call("GET", "releases", "success:b releases[version:s days_ago:n is_prerelease:b html_url:s]"),
    # newer versions
    Call("GET", "plex-export/statistics", EXPORT_FIGURES),
    Call("GET", "plex-export/runs", "success:b runs[]:s"),
    Call("GET", "plex-export/library", f"success:b data[{EXPORTED} rating_key:s]"),
    Call("GET", "plex-export/episodes", f"success:b data[{EPISODES}]"),
    Call("GET", "other-media-export/statistics", EXPORT_FIGURES),
    Call("GET", "other-media-export/runs", "success:b runs[]:s"),
    Call("GET", "other-media-export/library", f"success:b data[{EXPORTED} media_id:s]"),
    Call("GET", "other-media-export/episodes", f"success:b data[{EPISODES}]"),
    Call("GET", "libraries/plex/cached", "success:b libraries:l excluded:l"),
    Call("GET", "auth/keys", "keys[id:n name:s prefix:s last_used_at:s?]"),
]

MEDIA_SERVERS = ("plex", "jellyfin", "emby")
NOBODY = "http://127.0.0.1:9"
SERVICES = {
    "plex": {"url": NOBODY, "token": "t"},
    "jellyfin": {"url": NOBODY, "api_key": "k"},
    "emby": {"url": NOBODY, "api_key": "k"},
    "tmdb": {"token": ""},
    "tvdb": {"api_key": "", "pin": None},
    "fanart": {"api_key": ""},
    "discord": {"webhook_url": NOBODY},
    "apprise": {"url": NOBODY},
    "uptimekuma": {"url": NOBODY},
}
DELETED = {
    "gallery": "poster.jpg",
    "backgrounds": "background.jpg",
    "seasons": "Season02.jpg",
    "titlecards": "S01E01.jpg",
    "manual-assets": "poster.jpg",
}
SEARCHED = {"asset_path": "manual_poster_1", "media_type": "movie", "asset_type": "poster", "title": "Dune"}
DONE = "success:b message:s"
FORM = {"titletext": "Dark", "folderName": "Dark (2017)", "libraryName": "TV Shows", "posterType": "standard"}
MANUAL = {
    "picturePath": "{picture}",
    "seasonPosterName": "",
    "epTitleName": "",
    "episodeNumber": "",
} | FORM
LOG_ENTRY = {"level": "warn", "message": "late", "timestamp": "2025-11-25 16:34:18", "source": "ui"}
COLUMNS = (
    "Title",
    "Type",
    "Rootfolder",
    "LibraryName",
    "Language",
    "Fallback",
    "TextTruncated",
    "DownloadSource",
)

# In the order in which they are called; `file` in a body is an upload.
WRITING = [
    Call("POST", "logs/ui/batch", "success:b", {"logs": [LOG_ENTRY]}),
    Call("POST", "run/testing", DONE),
    Call("POST", "run/normal", DONE),
    Call("POST", "run/backup", DONE),
    Call("POST", "run-manual", DONE, MANUAL),
    Call("POST", "run-manual-upload", DONE, {"file": "poster.jpg"} | FORM),
    Call("POST", "reset-posters", DONE, {"library": "TV Shows"}),
    Call("POST", "stop", DONE),
    Call("POST", "force-kill", DONE),
    Call("DELETE", "running-file", DONE),
    Call(
        "PUT",
        "imagechoices/{choice}",
        "message:s",
        dict.fromkeys(COLUMNS) | {"Title": "Dark", "Manual": "Yes"},
    ),
    Call("DELETE", "imagechoices/{choice}", "message:s"),
    Call("POST", "scheduler/enable", "success:b"),
    Call("POST", "scheduler/disable", "success:b"),
    Call("POST", "scheduler/restart", "success:b"),
    Call("POST", "scheduler/run-now", "success:b"),
    Call("POST", "scheduler/schedule", "success:b", {"time": "04:44", "description": "night"}),
    Call("POST", "scheduler/config", "success:b", {"timezone": "Europe/Berlin"}),
    Call("POST", "scheduler/config", "success:b", {"skip_if_running": True}),
    Call("DELETE", "scheduler/schedule/04%3A44", "success:b"),
    Call("DELETE", "scheduler/schedules", "success:b running:b is_executing:b last_run:s? next_run:s?"),
    Call("POST", "config", "success:b changes_count:n", {"config": {"maxLogs": "7"}}),
    Call("POST", "webui-settings", "success:b", {"settings": {"log_level": "INFO"}}),
    Call("POST", "onboarding/complete", DONE),
    Call("POST", "queue/clear", "success:b"),
    Call("POST", "run-manual-upload", DONE, {"file": "poster.jpg", "add_to_queue": "true"} | FORM),
    Call("GET", "queue", f".[{QUEUED}]"),
    Call("POST", "queue/run", "success:b"),
    Call("POST", "queue/delete", "success:b", {"item_ids": [1]}),
    Call("POST", "overlayfiles/upload", "success:b filename:s message:s", {"file": "new.png"}),
    Call("DELETE", "overlayfiles/new.png", DONE),
    Call("POST", "runtime-history/migrate", "success:b already_migrated:b imported:n skipped:n errors:n"),
    Call("POST", "refresh-cache", "success:b"),
    Call("POST", "plex-export/import", "success:b already_imported:b"),
    Call("POST", "other-media-export/import", "success:b already_imported:b"),
    Call("POST", "auth/keys", "success:b key:s", {"name": "Sonarr"}),
    Call("DELETE", "auth/keys/{key}", "success:b"),
]

# These ask servers, of which there is none here, through the engine.
ASKING = [
    *[Call("POST", f"validate/{kind}", "valid:b message:s", body) for kind, body in SERVICES.items()],
    *[Call("POST", f"libraries/{kind}", "success:b error:s", SERVICES[kind]) for kind in MEDIA_SERVERS],
    Call(
        "POST",
        "assets/fetch-replacements",
        "success:b results{tmdb:l tvdb:l fanart:l} total_count:n",
        SEARCHED,
    ),
]
