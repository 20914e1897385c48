"""What restoring a backup of config.json would change."""

from typing import Any, NamedTuple

from app.core.paths import Paths
from app.core.settings import backups
from app.core.settings.changes import current_value
from app.core.settings.editing import differences, readable_state, values_of_backup
from app.core.settings.mapping import Naming
from app.core.settings.masking import masked_setting
from app.core.settings.own_settings import own_content, with_own_settings


class BackupChange(NamedTuple):
    """A setting as it is and as it would be; secrets are masked, None is for one that is not there."""

    name: str
    now: Any
    then: Any


def changes_by_backup(paths: Paths, name: str) -> list[BackupChange]:
    """Every setting that the backup has otherwise; `NotFound` where there is no such backup."""
    content = backups.content_of(paths, name)
    after = with_own_settings(values_of_backup(content, name), own_content(paths))
    state = readable_state(paths)
    before = state.values if state else {}
    places = Naming(before).places | Naming(after).places
    return [
        BackupChange(
            flat,
            *(
                masked_setting(places[flat].key, current_value(values, places[flat]))
                for values in (before, after)
            ),
        )
        for flat in differences(before, after)
    ]
