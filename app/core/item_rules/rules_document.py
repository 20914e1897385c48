"""rules.json: read, checked and replaced like config.json, under its lock and with a backup first."""

from typing import Any, NamedTuple

from app.core.config_file import parse_config
from app.core.errors import ConfigUnreadable, Conflict, Invalid, reason_of
from app.core.item_rules.checking import mistakes
from app.core.item_rules.contradictions import contradicting_settings, warnings
from app.core.json_file import JsonFile
from app.core.paths import Paths
from app.core.settings import backups, store
from app.core.settings.backups import RULES
from app.core.settings.config_check import SettingFinding
from app.core.settings.mistakes import refuse_settings
from app.core.settings.store import Revisions, revision_of

Rules = list[dict[str, Any]]


class RulesState(NamedTuple):
    """The rules of the file, what is wrong with them by place, and the revision of the file.

    `warnings` are sentences about rules that contradict each other for some items.
    """

    rules: Rules
    mistakes: dict[str, str]
    warnings: list[str]
    revision: str


class SavedRules(NamedTuple):
    """The state now, whether the file was changed, and the name of the backup, if one was made."""

    state: RulesState
    is_changed: bool
    backup: str | None


def rules_file(paths: Paths) -> JsonFile:
    return JsonFile(paths.rules, paths.config_lock, parse_rules)


def parse_rules(content: bytes) -> dict[str, Any]:
    """The object in the bytes of rules.json; `Conflict` where there is none."""
    try:
        return parse_config(content) if content else {}
    except ConfigUnreadable as error:
        reason = str(error).replace("config.json", "rules.json").replace(" of sections", "")
        raise Conflict(f"{reason}. Correct the file, or restore a backup.") from error


def rules_content(paths: Paths) -> bytes:
    """The content of the file, nothing where there is none; `Conflict` where it cannot be read."""
    try:
        return rules_file(paths).content()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Conflict(f"rules.json cannot be opened: {reason_of(error)}.") from error


def rules_state(paths: Paths) -> RulesState:
    """The present rules, also where some of them are wrong."""
    return state_of(rules_content(paths))


def state_of(content: bytes) -> RulesState:
    found = parse_rules(content)
    rules = found.get("rules", [])
    wrong = {name: "is not known here: known is rules" for name in found if name != "rules"} | mistakes(rules)
    if wrong:
        return RulesState(rules if isinstance(rules, list) else [], wrong, [], revision_of(content, b""))
    return RulesState(rules, contradicting_settings(rules), warnings(rules), revision_of(content, b""))


def save_rules(paths: Paths, rules: Any, expected: Revisions = None) -> SavedRules:
    """Replace all rules; `InvalidSettings` names what is wrong with them, and nothing is saved."""
    with store.locked(paths):
        before = rules_state(paths)
        store.refuse_stale(before.revision, expected, paths.rules.name)
        return replaced_rules(paths, before, serialised(rules))


def restore_rules(paths: Paths, name: str, expected: Revisions = None) -> SavedRules:
    """Put a backup in the file's place; the present file, readable or not, is backed up first."""
    with store.locked(paths):
        content = backups.content_of(paths, name, RULES)
        try:
            before = rules_state(paths)
        except Conflict:
            before = None
        if before:
            store.refuse_stale(before.revision, expected, paths.rules.name)
        return replaced_rules(paths, before, content)


def replaced_rules(paths: Paths, before: RulesState | None, content: bytes) -> SavedRules:
    after = state_of(content)
    refuse_settings(after.mistakes)
    if before and before.rules == after.rules and not before.mistakes:
        return SavedRules(before, False, None)
    backup = store.back_up_file(paths, RULES)
    store.replace_file(rules_file(paths), content)
    return SavedRules(after, True, backup.name if backup else None)


def serialised(rules: Any) -> bytes:
    try:
        return store.serialise_config({"rules": rules})
    except Invalid as error:
        raise Invalid(str(error).replace("config.json", "rules.json")) from error


def rule_findings(paths: Paths) -> list[SettingFinding]:
    """What is wrong with rules.json, and the rules that contradict each other for some items."""
    try:
        state = rules_state(paths)
    except Conflict as error:
        return [SettingFinding(paths.rules.name, "", str(error))]
    wrong = [SettingFinding(paths.rules.name, place, message) for place, message in state.mistakes.items()]
    return wrong + [SettingFinding(paths.rules.name, "", warning, note=True) for warning in state.warnings]
