"""What a backup would change is known before it is restored."""

import pytest

from app.core.errors import Invalid, NotFound
from app.core.settings.backup_changes import BackupChange, changes_by_backup
from app.core.settings.editing import save
from app.core.settings.masking import MASK


def test_each_setting_is_shown_as_it_is_and_as_it_would_be(paths, checks):
    secret = {"tmdbtoken": "old-token", "LibraryLanguageOverrides": {"Anime": {"LogoLanguageOrder": ["ja"]}}}
    save(paths, secret, checks)
    backup = save(paths, {"maxLogs": "9", "tmdbtoken": "new-token", "StoreDays": "7"}, checks).backup
    assert changes_by_backup(paths, backup) == [
        BackupChange("tmdbtoken", MASK, MASK),
        BackupChange("maxLogs", "9", "5"),
    ]


def test_a_backup_stands_beside_a_file_that_cannot_be_read(paths, checks):
    backup = save(paths, {"maxLogs": "9"}, checks).backup
    paths.config.write_text("{")
    changes = {change.name: change for change in changes_by_backup(paths, backup)}
    assert changes["maxLogs"].then == "5" and len(changes) > 250


def test_a_name_that_is_none_and_a_backup_that_is_damaged_are_refused(paths, checks):
    with pytest.raises(NotFound):
        changes_by_backup(paths, "../config.json")
    backup = save(paths, {"maxLogs": "9"}, checks).backup
    (paths.config_backups / backup).write_text("{")
    with pytest.raises(Invalid):
        changes_by_backup(paths, backup)
