"""The mistakes in an edit, by the rules of `posterizarr config check` and by flat name."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from app.core.errors import Invalid
from app.core.settings.config_check import SettingFinding, check_config
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks, dangers
from app.core.settings.mapping import Naming, Nested, SettingPlace

MOST_TOLD = 50
MOST_SAID = 5
MOST_ADVISED = 10


class InvalidSettings(Invalid):
    """Settings that cannot be saved; `errors` holds the mistake of each by its flat name."""

    def __init__(self, errors: dict[str, str]):
        self.errors = dict(list(errors.items())[:MOST_TOLD])
        super().__init__(mistakes_summary(errors))

    @property
    def more(self) -> dict[str, Any]:
        return {"errors": self.errors}


def mistakes_summary(errors: dict[str, str]) -> str:
    said = [f"{name[:60]}: {message}" for name, message in list(errors.items())[:MOST_SAID]]
    more = f"; and {len(errors) - MOST_SAID} more" if len(errors) > MOST_SAID else ""
    return f"Nothing was saved: {'; '.join(said)}{more}."


def refuse_settings(errors: dict[str, str]) -> None:
    if errors:
        raise InvalidSettings(errors)


def refuse_unknown(names: Iterable[str], known: Collection[str]) -> None:
    """Refuse names that are neither known here nor in the file, with the name that may be meant."""
    unknown = [name for name in names if name not in known]
    advised, others = unknown[:MOST_ADVISED], unknown[MOST_ADVISED:]
    refuse_settings(
        {name: unknown_name(name, known) for name in advised} | dict.fromkeys(others, "is no setting")
    )


def unknown_name(name: str, known: Collection[str]) -> str:
    meant = get_close_matches(name[:60], known, n=1)
    return f"is no setting known here; perhaps {meant[0]} is meant" if meant else "is no setting known here"


def refuse_mistakes(before: Nested | None, after: Nested, checks: LoginAndFolderChecks) -> None:
    """Refuse new mistakes; those of the file before, or of an unreadable one, may stay."""
    old = check_config(after) if before is None else findings(before, checks)
    naming, errors = Naming(after), {}
    for finding in findings(after, checks):
        if not finding.note and finding not in old:
            errors.setdefault(told_name(naming, finding), finding.message)
    refuse_settings(errors)


def findings(values: Nested, checks: LoginAndFolderChecks) -> list[SettingFinding]:
    """All findings about the values of a config.json, for edits and for the command that checks it."""
    return check_config(values) + dangers(values, checks)


def told_name(naming: Naming, finding: SettingFinding) -> str:
    place = SettingPlace(finding.section, finding.key)
    return naming.names.get(place, f"{finding.section}.{finding.key}".rstrip("."))
