"""rules.json is read, saved and restored like config.json."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.errors import Conflict, NotFound
from app.core.item_rules.rules_document import restore_rules, rules_state, save_rules
from app.core.settings import backups
from app.core.settings.mistakes import InvalidSettings
from tests.core.item_rules.test_checking import rule
from tests.core.settings.making import make_paths

FIRST, SECOND = [rule("first", text=True)], [rule("second", text=False)]


@pytest.fixture
def paths(tmp_path):
    return make_paths(tmp_path / "data")


def stored(paths):
    return json.loads(paths.rules.read_text("utf-8"))["rules"]


def test_without_a_file_there_are_no_rules_and_the_first_save_needs_no_backup(paths):
    assert rules_state(paths)[:3] == ([], {}, [])
    saved = save_rules(paths, FIRST)
    assert (saved.is_changed, saved.backup, stored(paths)) == (True, None, FIRST)
    assert saved.state == rules_state(paths)


def test_a_save_keeps_the_state_before_which_can_be_restored(paths):
    save_rules(paths, FIRST)
    name = save_rules(paths, SECOND).backup
    assert name.startswith("rules_backup_")
    assert save_rules(paths, SECOND) == (rules_state(paths), False, None)
    restored = restore_rules(paths, name)
    assert (stored(paths), restored.is_changed) == (FIRST, True)
    assert [entry["file"] for entry in backups.list_backups(paths, backups.RULES)][1] == name
    assert backups.list_backups(paths) == []
    with pytest.raises(NotFound):
        restore_rules(paths, "config_backup_20260301_120000.json")


def test_a_stale_edit_and_wrong_rules_change_nothing(paths):
    revision = save_rules(paths, FIRST).state.revision
    save_rules(paths, SECOND, expected={revision})
    with pytest.raises(Conflict, match=r"rules\.json was changed by another edit"):
        save_rules(paths, FIRST, expected={revision})
    for rules, place in ((5, "rules"), ([*FIRST, rule("other", text=False)], "rules[1].set.text")):
        with pytest.raises(InvalidSettings) as raised:
            save_rules(paths, rules)
        assert list(raised.value.errors) == [place]
    assert stored(paths) == SECOND


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_file_is_named_and_replaced_by_a_backup_only(paths, content):
    save_rules(paths, FIRST)
    name = save_rules(paths, SECOND).backup
    paths.rules.write_bytes(content)
    for refused in (lambda: rules_state(paths), lambda: save_rules(paths, FIRST)):
        with pytest.raises(Conflict, match=r"rules\.json.*Correct the file, or restore a backup"):
            refused()
    assert paths.rules.read_bytes() == content
    restore_rules(paths, name)
    assert stored(paths) == FIRST


def test_a_file_with_mistakes_is_shown_with_them_and_can_be_saved_over(paths):
    paths.rules.write_text(json.dumps({"rules": [rule("a", text="no")], "more": 1}))
    state = rules_state(paths)
    assert set(state.mistakes) == {"more", "rules[0].set.text"} and len(state.rules) == 1
    assert save_rules(paths, FIRST).is_changed and rules_state(paths).mistakes == {}


def test_saves_at_the_same_time_leave_one_whole_file(paths):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: save_rules(paths, [rule(str(number))]), range(8)))
    assert len(stored(paths)) == 1
