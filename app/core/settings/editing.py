"""Edits of config.json: settings are merged into the file, or refused as a whole."""

from collections.abc import Callable
from typing import Any, NamedTuple

from app.core.config_file import parse_config
from app.core.errors import ConfigUnreadable, Conflict, Invalid
from app.core.paths import Paths
from app.core.settings import backups, store
from app.core.settings.changes import Changes, flat_changes, nested_changes, with_changes
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks, refuse_strangers
from app.core.settings.mapping import Naming, Nested, flatten_config
from app.core.settings.masking import is_same_value
from app.core.settings.mistakes import refuse_mistakes
from app.core.settings.own_settings import (
    SECTION,
    own_content,
    with_own_settings,
    without_own_settings,
)
from app.core.settings.store import Revisions, Snapshot


class Saved(NamedTuple):
    """The flat names of what changed, the revision now, and the name of the backup, if one was made."""

    changed: tuple[str, ...]
    revision: str
    backup: str | None = None


def save(
    paths: Paths, sent: dict[str, Any], checks: LoginAndFolderChecks, expected: Revisions = None
) -> Saved:
    """Merge settings by flat name; what is sent as it was shown stays as it is."""
    return edit(paths, checks, expected, lambda values: flat_changes(values, sent))


def import_settings(
    paths: Paths, sent: Nested, checks: LoginAndFolderChecks, expected: Revisions = None
) -> Saved:
    """Merge sections of settings, and objects within them key by key; masked secrets are refused."""
    return edit(paths, checks, expected, lambda values: nested_changes(values, sent))


def copy_of_config(paths: Paths) -> str:
    """Copy config.json as it is now, readable or not, and return the name of the copy."""
    with store.locked(paths):
        backup = store.back_up_file(paths)
    if backup is None:
        raise Conflict("config.json does not exist, so there is nothing to back up.")
    return backup.name


def edit(
    paths: Paths, checks: LoginAndFolderChecks, expected: Revisions, find: Callable[[Nested], Changes]
) -> Saved:
    with store.locked(paths):
        before = store.snapshot(paths)
        store.refuse_stale(before.revision, expected)
        changes = find(before.values)
        if not changes:
            return Saved((), before.revision)
        after = with_changes(before.values, changes)
        content = store.serialise_config(without_own_settings(after))
        refuse_strangers(before.values, after, checks)
        refuse_mistakes(before.values, after, checks)
        names = Naming(after).names
        changed = tuple(names[place] for place in changes)
        if any(place.section == SECTION for place in changes):
            store.replace_own_settings(paths, after[SECTION])
        if all(place.section == SECTION for place in changes):
            return Saved(changed, store.snapshot(paths).revision)
        return replaced_config(paths, content, changed)


def replaced_config(paths: Paths, content: bytes, changed: tuple[str, ...]) -> Saved:
    backup = store.replace_config(paths, content)
    return Saved(changed, store.snapshot(paths).revision, backup.name if backup else None)


def replace_by_backup(
    paths: Paths, name: str, checks: LoginAndFolderChecks, expected: Revisions = None
) -> Saved:
    """Replace config.json by a backup; the present file, readable or not, is backed up first."""
    with store.locked(paths):
        content = backups.content_of(paths, name)
        after = with_own_settings(values_of_backup(content, name), own_content(paths))
        before = readable_state(paths)
        known = before.values if before else None
        if before:
            store.refuse_stale(before.revision, expected)
        if before and before.content == content:
            return Saved((), before.revision)
        refuse_strangers(known or {}, after, checks)
        refuse_mistakes(known, after, checks)
        return replaced_config(paths, content, differences(known or {}, after))


def values_of_backup(content: bytes, name: str) -> Nested:
    try:
        return parse_config(content)
    except ConfigUnreadable as error:
        raise Invalid(f"{name} cannot be restored: {error}.".replace("config.json", "it")) from error


def readable_state(paths: Paths) -> Snapshot | None:
    try:
        return store.snapshot(paths)
    except Conflict:
        return None


def differences(before: Nested, after: Nested) -> tuple[str, ...]:
    """The flat names of all settings that one has otherwise than the other."""
    old, new = flatten_config(before), flatten_config(after)
    return tuple(name for name in old | new if not is_same_value(old.get(name), new.get(name)))
