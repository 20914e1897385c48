"""The mistakes in a config.json, with the correct form of each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.core.config_file import truthy
from app.core.settings.config_rules import rule_for, whole_number
from app.core.settings.mapping import SERVERS, defaults


class SettingFinding(NamedTuple):
    """One finding about a setting; a note is no mistake, and `key` is empty where it concerns a section."""

    section: str
    key: str
    message: str
    note: bool = False


def check_config(values: dict[str, Any]) -> list[SettingFinding]:
    """Every finding about nested settings, in the order of the file; missing settings are none."""
    known = defaults()
    findings = [finding for name in values for finding in _check_section(name, values[name], known)]
    return findings + list(_check_point_sizes(values)) + list(_check_media_servers(values))


def _check_section(section: str, settings: Any, known: dict[str, Any]) -> Iterator[SettingFinding]:
    if section not in known:
        yield _unknown(section, "", "section", section, known)
    elif not isinstance(settings, dict):
        yield SettingFinding(section, "", "must be an object of settings between { and }")
    else:
        for key in settings:
            yield from _check_setting(section, key, settings[key], known[section])


def _check_setting(section: str, key: str, value: Any, known: dict[str, Any]) -> Iterator[SettingFinding]:
    if key not in known:
        yield _unknown(section, key, "setting", key, known)
        return
    message = rule_for(key, known[key])(value)
    if message:
        yield SettingFinding(section, key, message)


def _unknown(section: str, key: str, kind: str, name: str, known: dict[str, Any]) -> SettingFinding:
    meant = next((other for other in known if other.lower() == name.lower()), None)
    if meant:
        advice = "a PowerShell poster script stops at a difference in case"
        return SettingFinding(section, key, f"is written {meant}: {advice}")
    advice = "kept and not used here, but a PowerShell poster script removes it"
    return SettingFinding(section, key, f"is no {kind} known here: {advice}", note=True)


def _check_point_sizes(values: dict[str, Any]) -> Iterator[SettingFinding]:
    for section, settings in values.items():
        if not isinstance(settings, dict):
            continue
        least, most = whole_number(settings.get("minPointSize")), whole_number(settings.get("maxPointSize"))
        if least is not None and most is not None and least > most:
            yield SettingFinding(
                section, "minPointSize", f"is {least}, which is more than maxPointSize ({most})"
            )


def _check_media_servers(values: dict[str, Any]) -> Iterator[SettingFinding]:
    switches = ((section, f"Use{name}") for section, name in SERVERS.items())
    used = [(section, key) for section, key in switches if _is_on(values, section, key)]
    names = " and ".join(key for _, key in used)
    message = f"{names} are on together: a run works with one media server, so leave one on"
    yield from (SettingFinding(section, key, message) for section, key in used[1:])


def _is_on(values: dict[str, Any], section: str, key: str) -> bool:
    settings = values.get(section)
    return isinstance(settings, dict) and truthy(settings.get(key))
