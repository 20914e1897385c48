"""Folders and files of settings, and strategies for settings of every kind."""

import json
from pathlib import Path

from hypothesis import strategies as st

from app.core.config_file import default_config
from app.core.paths import Paths
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mapping import PREFIXES, SERVERS, SHARED_BY_SERVERS

PASSWORD_HASH = "$2b$12$" + "a" * 53

texts = st.text(st.characters(codec="utf-8"), max_size=12)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)

known = default_config()
section_names = st.sampled_from([*known, "Mine", "_root", ""]) | texts
# Keys that collide on purpose: known elsewhere, written otherwise, or looking like a qualified name.
odd_keys = st.sampled_from(
    [
        *SHARED_BY_SERVERS,
        *("text_offset", "TextOffset", "Text_Offset", "fontAllCaps", "FontAllCaps", "MinWidth", "PlexUrl"),
        *("ApiPart.tvdbapi", "Mine.PlexUrl", "Mine.PlexUrl (2)", "agregarrApiKey", ""),
    ]
)
keys = odd_keys | texts | st.sampled_from(sorted({key for settings in known.values() for key in settings}))
sections = st.dictionaries(keys, json_values, max_size=6)
nested_configs = st.dictionaries(section_names, sections | scalars, max_size=6)
prefixed_sections = st.sampled_from([*PREFIXES, *SERVERS])


def make_paths(folder: Path) -> Paths:
    paths = Paths(folder)
    paths.create()
    return paths


def make_config(**sections):
    """The defaults with a password and some settings replaced, e.g. OverlayPart={"outputQuality": "8%"}."""
    values = default_config()
    values["WebUI"]["basicAuthPassword"] = PASSWORD_HASH
    for section, settings in sections.items():
        values.setdefault(section, {}).update(settings)
    return values


def write_config(paths, values):
    paths.config.write_text(json.dumps(values, indent=1), encoding="utf-8")
    return paths.config.read_bytes()


def stored(paths):
    return json.loads(paths.config.read_text(encoding="utf-8"))


def make_checks(paths, **overrides):
    return LoginAndFolderChecks(**{"data": paths.data, **overrides})
