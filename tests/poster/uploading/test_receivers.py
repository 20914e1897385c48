"""What Plex, Jellyfin and Emby have in common as receivers, against doubles that keep what they are sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Shown, Slot
from app.poster.uploading.receiver import TooLarge, UploadTrouble
from app.poster.web.endpoint import Trust
from tests.doubles.loopback import babbling, redirecting, serving
from tests.doubles.media_world import many_films, picture_named
from tests.doubles.scripted import answering, breaking_off
from tests.doubles.shown_pictures import HAND, RESET_AFTER, RESET_BEFORE, SERVER, TOOL, foreign_picture
from tests.doubles.tls_plex import TlsPlex
from tests.poster.pictures import make_bytes, make_picture
from tests.poster.uploading.receivers import OTHER, OURS, SERVERS, Served, receiver_of

ALIEN = picture_named("alien-server-poster.jpg")
LOGO = make_bytes(make_picture((80, 30)), "PNG")
PAGE = answering(200, b"<html>Sign in</html>", Content_Type="text/html")


def trouble_of(call, *arguments):
    with pytest.raises(UploadTrouble) as raised:
        call(*arguments)
    return raised.value


def test_what_is_shown_before_anything_was_uploaded(served):
    shown = served.receiver.shown(served.place())
    assert shown.art_id and shown.owner is Owner.SERVER and not shown.is_locked
    assert served.receiver.read(served.place(), shown) == ALIEN
    nothing = served.place(served.double.world.items()[1].episodes[0].key)
    assert served.receiver.shown(nothing) == Shown()
    assert served.receiver.read(nothing, Shown()) == b""


@pytest.mark.parametrize("slot", [Slot.POSTER, Slot.BACKGROUND])
@pytest.mark.parametrize("part", ["film", "show", "season", "episode"])
def test_an_upload_is_shown_and_can_be_read_back(served, part, slot):
    place = served.place(getattr(served, part), slot)
    before = served.receiver.shown(place)
    after = served.receiver.put(place, OURS)
    assert served.shown_bytes(place) == OURS == served.receiver.read(place, after)
    assert after == served.receiver.shown(place) and after.art_id != before.art_id
    assert [upload.content for upload in served.double.uploads] == [OURS]


@pytest.mark.parametrize("part", ["film", "show"])
def test_a_logo_has_a_place_of_its_own_and_leaves_the_other_pictures(served, part):
    place = served.place(getattr(served, part), Slot.LOGO)
    others = [served.place(getattr(served, part), slot) for slot in (Slot.POSTER, Slot.BACKGROUND)]
    shown_there = [served.shown_bytes(other) for other in others]
    assert served.receiver.shown(place) == Shown()
    first = served.receiver.put(place, LOGO)
    assert served.shown_bytes(place) == LOGO == served.receiver.read(place, first) and first.validator
    second = served.receiver.put(place, OTHER)
    assert second.validator != first.validator and served.receiver.read(place, second) == OTHER
    can_select = served.receiver.select(place, first.art_id)
    assert can_select == (served.name is SourceName.PLEX) == (served.shown_bytes(place) == LOGO)
    served.receiver.clear(place, served.receiver.shown(place).art_id)
    served.receiver.set_locked(place, is_locked=False)
    assert served.receiver.shown(place) == Shown()
    assert shown_there == [served.shown_bytes(other) for other in others]


def test_the_validator_of_what_is_shown_is_the_one_of_a_listing(served):
    place = served.place()
    first, second = served.receiver.put(place, OURS), served.receiver.put(place, OTHER)
    assert len({first.validator, second.validator, ""}) == 3
    assert second.validator == listed_validator(served)


def listed_validator(served):
    if served.name is SourceName.PLEX:
        return served.double.shown_path(served.film, "poster").rsplit("/", 1)[-1]
    return served.double.image_tags(served.film)["ImageTags"]["Primary"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/jpeg", OURS),
        ("image/png", make_bytes(make_picture((40, 60)), "PNG")),
        ("image/webp", make_bytes(make_picture((40, 60)), "WEBP")),
    ],
)
def test_the_content_type_is_that_of_the_bytes(served, kind, content):
    served.receiver.put(served.place(), content)
    (sent,) = [headers for _, _, headers in served.double.asked if headers.get("Content-Type")]
    assert sent["Content-Type"] == kind and served.shown_bytes(served.place()) == content


def test_the_key_travels_in_a_header_only(served):
    served.receiver.put(served.place(), OURS)
    token = SERVERS[served.name][2]
    header = {SourceName.PLEX: "X-Plex-Token"}.get(served.name, "Authorization")
    assert all(token in headers[header] for _, _, headers in served.double.asked)
    assert not any(token in f"{path}{query}" for path, query, _ in served.double.asked)


@pytest.mark.parametrize("suffix", ["/", "//", " ", "/sub"])
def test_the_address_may_have_a_path_and_closing_slashes(served, suffix):
    paths = []
    answer = served.double.answer

    def below(path, query, handler):
        paths.append(path)
        return answer(path.removeprefix("/sub"), query, handler)

    served.double.answer = below
    root = served.double.url.removesuffix("/emby")
    address = f"{root}{suffix}/emby" if served.name is SourceName.EMBY else f"{root}{suffix}"
    receiver_of(served.double, served.name, address=address.replace(" ", "")).put(served.place(), OURS)
    assert served.shown_bytes(served.place()) == OURS
    assert not any("//" in path for path in paths)


# what fails, and how many uploads the server counts
CURABLE = [
    ([429], 2),
    ([500, 502], 3),
    ([503, 504, 503], 4),
    ([RESET_BEFORE], 2),
    ([RESET_BEFORE, 500, RESET_BEFORE], 4),
    ([RESET_AFTER], 1),
    ([RESET_BEFORE, RESET_AFTER], 2),
]


@pytest.mark.parametrize(("outcomes", "requests"), CURABLE, ids=str)
@pytest.mark.parametrize("slot", [Slot.POSTER, Slot.BACKGROUND])
def test_what_may_pass_is_tried_again_and_taken_once(served, outcomes, requests, slot):
    for outcome in outcomes:
        served.double.fail("upload", outcome)
    served.receiver.put(served.place(slot=slot), OURS)
    assert served.shown_bytes(served.place(slot=slot)) == OURS
    assert served.double.counts()["upload"] == requests and len(served.double.uploads) == 1


def test_the_pause_that_a_server_asks_for_is_kept(served):
    served.double.fail("upload", 429, Retry_After="90")
    trouble = trouble_of(served.receiver.put, served.place(), OURS)
    assert not trouble.is_final and "429" in str(trouble)
    assert served.double.counts()["upload"] == 1


def test_a_server_that_keeps_failing_leaves_the_picture_for_the_next_run(served):
    served.double.fail("upload", 503, times=None)
    trouble = trouble_of(served.receiver.put, served.place(), OURS)
    assert not (trouble.is_final or trouble.stops or trouble.is_gone) and "503" in str(trouble)
    assert served.double.counts()["upload"] == 4 and served.shown_bytes(served.place()) == ALIEN


FINAL = [
    (400, "refused the picture", {}),
    (401, "set ApiPart.", {"stops": True}),
    (403, "set ApiPart.", {}),
    (404, "does not know the item", {"is_gone": True}),
    (415, "make it a JPEG or PNG", {}),
    (507, "free space", {}),
]


@pytest.mark.parametrize(("status", "words", "marks"), FINAL)
def test_what_no_retry_cures_is_tried_once(served, status, words, marks):
    served.double.fail("upload", status, times=None)
    trouble = trouble_of(served.receiver.put, served.place(), OURS)
    found = {"stops": trouble.stops, "is_gone": trouble.is_gone}
    assert trouble.is_final and found == {"stops": False, "is_gone": False, **marks}
    assert words in str(trouble) and served.double.counts()["upload"] == 1
    assert SERVERS[served.name][2] not in str(trouble)


def test_one_bad_item_among_many_hurts_no_other(served):
    served.double.world = many_films(12)
    keys = [film.key for film in served.double.world.items()]
    for status in (500, RESET_BEFORE):
        served.double.fail("upload", status, times=None, key=keys[0 if status == 500 else 1])
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(served.receiver.put, served.place(key), OURS) for key in keys]
    failed = [call.exception() for call in calls if call.exception()]
    assert len(failed) == 2 and not any(one.stops for one in failed)
    assert all(served.double.shown_bytes(key, "poster") == OURS for key in keys[2:])
    assert len(served.double.uploads) == 10


def test_a_server_that_is_gone_stops_the_uploads_after_some(served):
    receiver = receiver_of(served.double, served.name, address="http://127.0.0.1:9", pauses=(0, 0))
    found = [trouble_of(receiver.shown, served.place()) for _ in range(3)]
    assert [one.stops for one in found] == [False, False, True]
    assert f"{served.name.value}Part.{served.name.value}Url" in str(found[0])


def test_an_item_that_is_gone_is_said_so(served):
    for call in (served.receiver.shown, lambda place: served.receiver.put(place, OURS)):
        assert trouble_of(call, served.place(999)).is_gone
    assert not served.double.uploads


BROKEN = {
    "page": PAGE,
    "babble": babbling,
    "cut": answering(200, b'<MediaContainer><Photo ratingKey="a"'),
    "list": answering(200, b"[1, null]"),
    "nulls": answering(200, b'{"Items": null}'),
    "types": answering(200, b'{"Items": [7, {"Id": 5}]}'),
    "breaks off": breaking_off,
    "redirect": redirecting,
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_without_sense_uploads_nothing_and_shows_no_details(served, name):
    served.double.misbehave("/", BROKEN[name], always=True)
    trouble = trouble_of(served.receiver.put, served.place(), OURS)
    assert str(trouble).startswith(served.name.value) and len(str(trouble)) < 250
    assert not served.double.uploads and SERVERS[served.name][2] not in str(trouble)


def test_a_page_in_place_of_a_picture_is_no_picture(served):
    shown = served.receiver.shown(served.place())
    served.double.misbehave("/", PAGE, always=True)
    assert not trouble_of(served.receiver.read, served.place(), shown).is_final


def test_one_bad_answer_is_asked_for_again(served):
    served.double.misbehave("/", PAGE)
    assert served.receiver.shown(served.place()).art_id


@pytest.mark.parametrize("cuts", [False, True])
def test_a_proxy_with_a_limit_is_learned_and_known_from_then_on(served, cuts):
    served.double.limit, served.double.limit_cuts = 1024 * 1024, cuts
    large = OURS + b"\0" * 1_500_000
    refused = trouble_of(served.receiver.put, served.place(), large)
    assert isinstance(refused, TooLarge) and refused.is_final
    assert f"{len(large):,}" in str(refused) and "outputQuality" in str(refused)
    assert refused.most == served.receiver.most_bytes >= 750_000
    served.double.forget_requests()
    assert isinstance(trouble_of(served.receiver.put, served.place(served.show), large), TooLarge)
    assert not served.double.counts()
    fitting = OURS + b"\0" * (refused.most - len(OURS))
    served.receiver.put(served.place(), fitting)
    assert served.shown_bytes(served.place()) == fitting


def test_a_server_that_encodes_anew_still_shows_it_as_one_upload(served):
    served.double.re_encodes = "loses mark"
    for slot in (Slot.POSTER, Slot.BACKGROUND):
        after = served.receiver.put(served.place(slot=slot), OURS)
        read = served.receiver.read(served.place(slot=slot), after)
        assert read == served.shown_bytes(served.place(slot=slot)) not in (OURS, b"")
    assert len(served.double.uploads) == 2


@pytest.mark.parametrize(("by", "owner"), [(HAND, Owner.HAND), (TOOL, Owner.TOOL), (SERVER, Owner.SERVER)])
def test_the_first_owner_is_what_the_server_says(served, by, owner):
    content = served.double.show(served.film, Slot.POSTER, by=by)
    if by == HAND and served.name is not SourceName.PLEX:
        served.double.locked_items.add(served.film)
    shown = served.receiver.shown(served.place())
    assert shown.owner is owner and served.receiver.read(served.place(), shown) == content
    assert shown.labels == (("Overlay",) if by == TOOL else ())
    assert shown.is_locked == (by == HAND or (by == TOOL and served.name is SourceName.PLEX))


def test_a_label_is_taken_away_and_comes_back_in_any_letter_case(served):
    served.double.set_labels(served.film, ("Kids, and more", "Overlay"))
    served.receiver.set_label(str(served.film), "overlay", present=False)
    assert served.double.labels_of(served.film) == ("Kids, and more",)
    served.receiver.set_label(str(served.film), "Overlay", present=True)
    assert served.double.labels_of(served.film) == ("Kids, and more", "Overlay")
    served.double.forget_requests()
    served.receiver.set_label(str(served.film), "OVERLAY", present=True)
    assert not served.double.counts()["edit"]


def test_a_place_where_nothing_was_shown_is_cleared_again(served):
    place = served.place(served.double.world.items()[1].episodes[0].key)
    after = served.receiver.put(place, OURS)
    served.receiver.clear(place, "somebody else's")
    assert served.shown_bytes(place) == OURS
    served.receiver.clear(place, after.art_id)
    assert served.receiver.shown(place) == Shown(is_locked=False)


def test_eight_at_once_each_arrive_once(served):
    served.double.world = many_films(40)
    pictures = {film.key: foreign_picture(film.title, HAND) for film in served.double.world.items()}
    for outcome in (500, RESET_BEFORE, 429, RESET_AFTER):
        served.double.fail("upload", outcome, times=2)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: served.receiver.put(served.place(key), pictures[key]), pictures))
    assert {one.key: one.content for one in served.double.uploads} == pictures
    assert len(served.double.uploads) == 40


def test_a_kind_of_picture_that_the_server_does_not_have_is_said(served):
    slot = Slot.THUMB if served.name is SourceName.PLEX else Slot.SQUARE
    for call in (served.receiver.shown, lambda place: served.receiver.put(place, OURS)):
        assert trouble_of(call, served.place(slot=slot)).is_final


def test_a_certificate_of_another_name_is_one_sentence_and_can_be_trusted(tmp_path):
    with serving(TlsPlex(tmp_path, "wrong.plex.direct")) as double:
        served = Served(double, SourceName.PLEX)
        trouble = trouble_of(served.receiver.shown, served.place())
        assert trouble.is_final and trouble.stops and "certificate" in str(trouble)
        trust = Trust(fingerprint=double.fingerprint)
        receiver_of(double, SourceName.PLEX, trust=trust).put(served.place(), OURS)
        assert served.shown_bytes(served.place()) == OURS
