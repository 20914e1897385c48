"""A picture goes up once, is read back, waits where it cannot go up, and goes over nobody else's art."""

from dataclasses import replace

import pytest

from app.poster.records.journal_entry import EntryState
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Slot, UploadState
from app.poster.uploading.receiver import TooLarge, UploadTrouble
from tests.poster.uploading.desk import PATH, RULES, Desk
from tests.poster.uploading.memory_receiver import sha
from tests.poster.uploading.pictures import (
    AGENTS,
    BY_HAND,
    NEWER,
    OF_KOMETA,
    OTHER_AGENTS,
    OURS,
    noisy,
    re_encoded,
)

SERVERS = (SourceName.PLEX, SourceName.JELLYFIN, SourceName.EMBY)
EXISTING = replace(RULES, sends_existing=True)
TAKEN = replace(RULES, taken=frozenset((PATH,)))
GONE = UploadTrouble("Plex does not answer; start it", stops=True)
BUSY = UploadTrouble("Plex is busy (503)")
REFUSAL = UploadTrouble("Plex refuses the picture (415)", is_final=True)


@pytest.fixture(params=SERVERS, ids=lambda name: name.value)
def desk(request, tmp_path):
    made = Desk(tmp_path, request.param)
    made.receiver.show(made.place, AGENTS)
    yield made
    made.journal.close()


def state_of(desk) -> UploadState:
    return desk.known.state


def test_a_new_picture_goes_up_once_and_the_next_run_asks_nothing(desk):
    desk.run(OURS)
    assert (desk.shown, state_of(desk)) == (OURS, UploadState.APPLIED)
    assert desk.requests().count("put") == 1
    known = desk.known
    assert (known.sent_sha256, known.shown.sha256, known.shown.owner) == (sha(OURS), sha(OURS), Owner.OURS)
    assert (known.before.sha256, desk.store.read(sha(AGENTS))) == (sha(AGENTS), AGENTS)
    desk.run()
    assert desk.requests() == []
    desk.run(NEWER)
    assert (desk.shown, desk.known.before.sha256) == (NEWER, sha(AGENTS))


def test_the_journal_has_what_was_shown_before_and_after(desk):
    desk.run(OURS)
    desk.run(NEWER)
    first, second = desk.journal.entries()
    assert (first.shown_before.sha256, first.shown_after.sha256) == (sha(AGENTS), sha(OURS))
    assert (second.shown_before.sha256, second.shown_after.sha256) == (sha(OURS), sha(NEWER))
    assert {entry.state for entry in (first, second)} == {EntryState.DONE}
    assert desk.store.read(sha(OURS)) == OURS


def test_what_the_server_encodes_anew_is_its_own_fingerprint(desk):
    desk.receiver.encode = re_encoded
    desk.run(OURS)
    assert (state_of(desk), desk.known.shown.sha256) == (UploadState.RE_ENCODED, sha(re_encoded(OURS)))
    desk.requests()
    desk.run()
    assert desk.requests() == []
    desk.run(NEWER)
    assert (state_of(desk), desk.shown) == (UploadState.RE_ENCODED, re_encoded(NEWER))
    assert desk.journal.entries()[-1].shown_before.sha256 == sha(OURS)


@pytest.mark.parametrize(
    ("fault", "state"),
    [(BUSY, UploadState.WAITING), (GONE, UploadState.WAITING), (REFUSAL, UploadState.REFUSED)],
)
def test_what_could_not_go_up_goes_up_with_the_next_run_without_being_made_again(desk, fault, state):
    desk.receiver.faults = [fault]
    desk.run(OURS)
    assert (desk.shown, state_of(desk)) == (AGENTS, state)
    assert str(fault).split(";")[0] in desk.known.why
    desk.run()
    assert (desk.shown, state_of(desk)) == (OURS, UploadState.APPLIED)
    assert [entry.state for entry in desk.journal.entries()] == [EntryState.FAILED, EntryState.DONE]


@pytest.mark.parametrize(
    ("owner", "content", "why"),
    [
        (Owner.HAND, BY_HAND, "selected upload that is not ours"),
        (Owner.HAND, OF_KOMETA, 'the mark "overlay"'),
        (Owner.SERVER, AGENTS, 'label "Overlay"'),
        (Owner.SERVER, AGENTS, "locked"),
    ],
)
def test_art_of_others_stays_in_every_run_unless_it_is_taken(desk, owner, content, why):
    desk.receiver.show(desk.place, content, owner)
    desk.receiver.labels["10"] = ["4K", "Overlay"] if "label" in why else []
    desk.receiver.locked = {desk.place} if "locked" in why else set()
    for made in (OURS, b"", NEWER):
        desk.run(made, EXISTING)
        assert (desk.shown, state_of(desk), why in desk.known.why) == (content, UploadState.KEPT, True)
    assert desk.requests().count("shown") == 1, "an unchanged picture of others is asked for once"
    desk.run(NEWER, TAKEN)
    assert (desk.shown, state_of(desk)) == (NEWER, UploadState.APPLIED)
    assert desk.store.read(desk.known.before.sha256) == content


def test_art_under_kometas_label_is_replaced_by_setting_and_exactly_that_label_taken_away(desk):
    desk.receiver.show(desk.place, OF_KOMETA, Owner.HAND)
    desk.receiver.labels["10"] = ["4K", "overlay"]
    desk.run(OURS)
    assert (desk.shown, state_of(desk)) == (OF_KOMETA, UploadState.KEPT)
    desk.run(rules=replace(RULES, replaces_overlay=True))
    assert (desk.shown, desk.receiver.labels["10"]) == (OURS, ["4K"])
    assert (state_of(desk), desk.known.taken_labels) == (UploadState.APPLIED, ("overlay",))
    assert desk.journal.entries()[-1].shown_before.labels == ("4K", "overlay")


AFTERWARDS = {
    "a person": (Owner.HAND, BY_HAND, BY_HAND, UploadState.OVERWRITTEN),
    "another tool": (Owner.HAND, OF_KOMETA, OF_KOMETA, UploadState.OVERWRITTEN),
    "the server's refresh": (Owner.SERVER, AGENTS, OURS, UploadState.APPLIED),
    "the same picture": (Owner.HAND, OURS, OURS, UploadState.APPLIED),
    "the server's new encoding": (Owner.SERVER, re_encoded(OURS), re_encoded(OURS), UploadState.RE_ENCODED),
}


@pytest.mark.parametrize("name", AFTERWARDS)
def test_what_became_of_our_picture_is_told_apart(desk, name):
    owner, content, shown, state = AFTERWARDS[name]
    desk.run(OURS)
    desk.receiver.show(desk.place, content, owner)
    desk.run()
    assert (desk.shown, state_of(desk)) == (shown, state)
    assert [result.was_replaced for result in desk.results] == [True] * (name == "the server's refresh")
    desk.requests()
    desk.run()
    assert (desk.requests(), state_of(desk)) == ([], state)


def test_a_refresh_to_the_same_picture_leaves_what_decisions_are_made_from(desk):
    desk.run(OURS)
    before = desk.known.before
    desk.receiver.show(desk.place, AGENTS)
    desk.run()
    assert (desk.shown, desk.known.before) == (OURS, before)


def test_new_art_of_an_agent_is_a_refresh_where_the_server_can_tell(desk):
    desk.run(OURS)
    desk.receiver.show(desk.place, OTHER_AGENTS)
    desk.run()
    is_plex = desk.place.server is SourceName.PLEX
    assert desk.shown == (OURS if is_plex else OTHER_AGENTS)
    assert (state_of(desk) is UploadState.OVERWRITTEN) is not is_plex


def test_art_by_hand_gives_way_once_the_person_has_taken_it_back(desk):
    desk.receiver.show(desk.place, BY_HAND, Owner.HAND)
    desk.run(OURS)
    desk.receiver.remove(desk.place)
    desk.run()
    assert (desk.shown, state_of(desk)) == (OURS, UploadState.APPLIED)


def test_existing_files_go_up_by_setting_and_ours_is_known_without_the_journal(desk):
    desk.write(OURS)
    desk.run()
    assert desk.shown == AGENTS and desk.requests() == []
    desk.run(rules=EXISTING)
    assert (desk.shown, state_of(desk)) == (OURS, UploadState.APPLIED)
    desk.journal.note(replace(desk.record, uploads=()))
    desk.requests()
    desk.run(rules=EXISTING)
    assert (desk.requests(), state_of(desk)) == (["shown", "read"], UploadState.APPLIED)


def test_without_hash_validation_the_same_bytes_go_up_again(desk):
    for _ in range(2):
        desk.run(OURS, replace(RULES, always=True))
    assert desk.requests().count("put") == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_a_limit_is_kept_by_quality_and_the_file_keeps_its_own(desk, is_known):
    limit = len(noisy()) // 3
    desk.receiver.most_bytes, desk.receiver.hard_limit = (limit, 0) if is_known else (0, 0)
    if not is_known:
        desk.receiver.faults = [TooLarge("413", most=limit)]
    desk.run(noisy())
    assert state_of(desk) is UploadState.APPLIED and len(desk.shown) <= limit
    assert (desk.assets / PATH).read_bytes() == noisy()
    assert (desk.known.file_sha256, desk.known.sent_sha256) == (sha(noisy()), sha(desk.shown))
    assert desk.store.read(desk.known.sent_sha256) == desk.shown
    desk.requests()
    desk.run()
    assert desk.requests() == []


def test_what_cannot_be_made_to_fit_is_refused_with_its_size_and_advice_until_the_limit_is_raised(desk):
    desk.receiver.hard_limit = 100
    desk.run(OURS)
    assert (state_of(desk), desk.shown) == (UploadState.REFUSED, AGENTS)
    assert f"not uploaded: too large ({len(OURS)} bytes)" in desk.known.why
    assert "client_max_body_size" in desk.known.why
    desk.receiver.hard_limit = 0
    desk.run()
    assert (state_of(desk), desk.shown) == (UploadState.APPLIED, OURS)


def test_the_plan_says_where_and_why_and_uploads_nothing(desk):
    desk.write(OURS)
    desk.run(rules=EXISTING, is_dry=True)
    (result,) = desk.results
    assert (result.is_planned, "agents" in result.record.why) == (True, True)
    desk.receiver.show(desk.place, BY_HAND, Owner.HAND)
    desk.run(rules=EXISTING, is_dry=True)
    assert [(one.is_planned, one.record.state) for one in desk.results] == [(False, UploadState.KEPT)]
    assert "put" not in desk.requests() and desk.shown == BY_HAND


def test_a_file_that_is_no_picture_is_not_sent(desk):
    desk.write(b"<html>" * 100)
    desk.run(rules=EXISTING)
    assert (state_of(desk), desk.shown) == (UploadState.REFUSED, AGENTS)
    assert "put" not in desk.requests()


@pytest.mark.parametrize("server", [SourceName.JELLYFIN, SourceName.EMBY])
def test_a_pile_of_backdrops_keeps_its_order_and_does_not_grow(tmp_path, server):
    desk = Desk(tmp_path, server, Slot.BACKGROUND)
    for content in (OTHER_AGENTS, re_encoded(AGENTS), AGENTS):
        desk.receiver.show(desk.place, content)
    others = [AGENTS, re_encoded(AGENTS), OTHER_AGENTS]
    for content in (OURS, NEWER, OURS):
        desk.run(content)
        assert desk.receiver.contents(desk.place) == [content, *others]
    desk.journal.note(replace(desk.record, uploads=()))
    desk.run(NEWER)
    assert desk.receiver.contents(desk.place) == [NEWER, *others], "also after a lost journal"
    desk.journal.close()


class Killed(BaseException):
    """The end of the process, which nothing may catch."""


@pytest.mark.parametrize("encode", [bytes, re_encoded])
def test_a_run_that_is_killed_after_the_upload_is_settled_by_asking_the_server(desk, encode):
    def die():
        raise Killed

    desk.receiver.encode, desk.receiver.after_put = encode, die
    with pytest.raises(Killed):
        desk.run(OURS)
    desk.receiver.after_put = lambda: None
    desk.run()
    assert desk.requests().count("put") == 1
    assert state_of(desk) in (UploadState.APPLIED, UploadState.RE_ENCODED)
    assert (desk.journal.unsettled_uploads(), desk.shown) == ([], encode(OURS))


@pytest.mark.parametrize("server", SERVERS)
def test_a_run_that_is_killed_before_the_upload_is_finished_by_the_next_one(tmp_path, server):
    desk = Desk(tmp_path, server)
    desk.receiver.faults = [Killed()]
    with pytest.raises(Killed):
        desk.run(OURS)
    desk.run()
    assert (desk.shown, state_of(desk)) == (OURS, UploadState.APPLIED)
    assert [entry.state for entry in desk.journal.entries()] == [EntryState.FAILED, EntryState.DONE]
    desk.journal.close()
