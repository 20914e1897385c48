"""Where the picture is that an asset was drawn from, or why there is none."""

import pytest

from app.core.decisions.originals import OriginalPlace, is_as_decided, original_place

SHA = "ab" * 32


def make_record(provider="TMDB", address="", owner="ours", reason="new", before=""):
    chosen = {"provider": provider, "address": address} if provider else None
    uploads = [{"before": {"sha256": before}}, {"before": {"sha256": ""}}]
    return {"owner": owner, "reason": reason, "decision": {"chosen": chosen}, "uploads": uploads}


@pytest.mark.parametrize(
    ("record", "none"),
    [
        (None, "unknown"),
        (make_record(None), "unknown"),
        (make_record("Folder"), "unknown"),
        (make_record("Typographic", "typographic"), "drawn"),
        (make_record("Folder", "/nowhere/poster.jpg"), "gone"),
        (make_record("Folder", "/etc/passwd"), "gone"),
        (make_record("Manual", "../outside.jpg"), "gone"),
        (make_record("Server", "/library/1/thumb"), "replaced"),
        (make_record("Server", "/library/1/thumb", before="cd" * 32), "replaced"),
        (make_record(address="https://a/b.jpg", owner="a person", reason="put_by_hand"), "other"),
        (make_record(address="https://a/b.jpg", owner="another tool"), "other"),
    ],
)
def test_why_there_is_no_original_is_one_word(tmp_path, record, none):
    (tmp_path / "outside.jpg").touch()
    folder = tmp_path / "media"
    folder.mkdir()
    assert original_place(tmp_path, record, [folder]) == OriginalPlace(none=none)


def test_it_is_at_an_address_in_a_folder_or_in_the_store(tmp_path):
    media, store = tmp_path / "media" / "poster.jpg", tmp_path / "store" / "ab" / SHA
    for file in (media, store):
        file.parent.mkdir(parents=True)
        file.touch()
    online = make_record(address="https://image.tmdb.org/a.jpg", owner="a person", reason="held")
    assert is_as_decided(online)
    assert original_place(tmp_path, online, []).address == "https://image.tmdb.org/a.jpg"
    beside = make_record("Folder", str(media))
    assert original_place(tmp_path, beside, [tmp_path / "none", media.parent]).file == media
    assert original_place(tmp_path, make_record("Server", "/1", before=SHA), []).file == store
