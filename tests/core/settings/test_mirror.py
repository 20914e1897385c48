import pytest

from app.core.errors import NotFound
from app.core.settings import mirror
from app.core.settings.masking import MASK
from app.core.settings.own_settings import OWN_DEFAULTS
from tests.core.settings.making import make_config, write_config


def test_a_section_has_real_switches_and_no_secrets(paths):
    write_config(paths, make_config(ApiPart={"PlexToken": "hush"}, Notification={"SendNotification": "True"}))
    data = mirror.typed_section(paths, "ApiPart")
    assert (data["PlexToken"], data["tvdbapi"], data["WidthHeightFilter"]) == (MASK, "", False)
    assert mirror.typed_section(paths, "Notification")["SendNotification"] is True
    assert data["PosterMinWidth"] == "2000"
    assert mirror.typed_section(paths, "Nowhere") == {}


def test_a_single_value_is_found_or_not(paths):
    assert mirror.typed_value(paths, "PlexPart", "UsePlex") is False
    for section, key in (("PlexPart", "useplex"), ("Nowhere", "UsePlex"), ("", "x" * 500)):
        with pytest.raises(NotFound) as caught:
            mirror.typed_value(paths, section, key)
        assert len(caught.value.detail) < 200


def test_values_outside_of_sections_are_in_one_of_their_own(paths):
    write_config(paths, {"version": 3, "apikey": "hush", "Mine": {"a": 1}, "list": [{"token": "hush"}]})
    assert mirror.typed_section(paths, "_root") == {"version": 3, "apikey": MASK, "list": [{"token": MASK}]}
    write_config(paths, {"version": 3, "_root": {"onboarding_completed": True}})
    assert mirror.typed_section(paths, "_root") == {"version": 3, "onboarding_completed": True}


def test_the_status_counts(paths):
    write_config(paths, {"Mine": {"a": 1, "b": 2}, "version": 3})
    status = mirror.mirror_counts(paths)
    assert (status["sections"], status["section_count"], status["total_entries"]) == (
        ["Mine", "EnginePart", "_root"],
        3,
        3 + len(OWN_DEFAULTS),
    )
    assert status["metadata"]["last_sync_time"]
    paths.config.unlink()
    assert mirror.changed_at(paths) is None
