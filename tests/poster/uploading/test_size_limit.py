"""What is learned of the largest picture that a receiver takes."""

import pytest

from app.poster.uploading.receiver import TooLarge
from app.poster.uploading.size_limit import SizeLimit

MEBIBYTE = 1024 * 1024
BASE64 = 4 / 3


@pytest.mark.parametrize(
    ("known", "growth", "taken", "refused", "most"),
    [
        (0, BASE64, 0, 1_500_000, 786_432),
        (0, BASE64, 1_200_000, 1_500_000, 1_200_000),
        (0, BASE64, 2_000_000, 1_500_000, 786_432),
        (0, BASE64, 300_000, 700_000, 300_000),
        (0, BASE64, 0, 700_000, 0),
        (10_480_000, 1, 0, 1_500_000, MEBIBYTE),
        (10_480_000, 1, 0, 900_000, 10_480_000),
    ],
)
def test_what_was_taken_or_is_usual_counts_after_a_refusal(known, growth, taken, refused, most):
    limit = SizeLimit("Jellyfin", known, growth, "lower the quality")
    limit.note_taken(taken)
    trouble = limit.refused(refused)
    assert limit.most == most and trouble.most in (most, 0)
    assert f"{refused:,} bytes" in str(trouble) and str(trouble).endswith("; lower the quality")


def test_a_second_refusal_never_raises_the_limit():
    limit = SizeLimit("Jellyfin", growth=BASE64)
    limit.refused(1_500_000)
    limit.note_taken(400_000)
    assert limit.refused(780_000).most == limit.most == 400_000
    assert limit.refused(390_000).most == 0 and limit.most == 400_000


def test_only_larger_pictures_are_refused_without_asking():
    limit = SizeLimit("Plex", 10_480_000)
    limit.require(10_480_000)
    with pytest.raises(TooLarge, match="at most 10,480,000"):
        limit.require(10_480_001)


def test_a_cut_upload_is_too_large_only_above_what_was_taken_and_what_is_usual():
    limit = SizeLimit("Plex")
    assert [limit.may_be_cut(size) for size in (MEBIBYTE, MEBIBYTE + 1)] == [False, True]
    limit.note_taken(2_000_000)
    assert not limit.may_be_cut(2_000_000)
