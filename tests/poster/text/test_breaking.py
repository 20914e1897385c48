"""Where a line may end within a word, against the rules of its script and language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.poster.text.breaking import Breaks, hyphenated, phrases, pieces


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("千と千尋の神隠し", "ja", ["千と", "千尋の", "神隠し"]),
        ("ハウルの動く城", "", ["ハウルの", "動く", "城"]),
        ("「君の名は。」", "ja", ["「君の", "名は。」"]),
        ("那些年我們一起追的女孩", "zh-TW", ["那些", "年", "我們", "一起追", "的", "女孩"]),
        ("那些年我們一起追的女孩", "", ["那些", "年", "我們", "一起追", "的", "女孩"]),
        ("霸王别姬与我的人生", "", ["霸", "王别姬", "与", "我", "的", "人生"]),
        ("ฉลาดเกมส์โกง", "th", ["ฉลาด", "เกมส์", "โกง"]),
        ("シン・エヴァンゲリオン劇場版", "ja", ["シン・", "エヴァンゲリオン", "劇場版"]),
        ("STAR戦争WARS", "ja", ["STAR戦争WARS"]),
        ("བོད་སྐད་", "bo", ["བོད་", "སྐད་"]),
        ("Spider-Man", "en", ["Spider-Man"]),
        ("오징어", "ko", ["오징어"]),
    ],
)
def test_a_word_without_blanks_is_split_into_phrases(word, language, parts):
    assert phrases(word, language) == parts


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("Donaudampfschifffahrt", "de", ["Donau", "dampf", "schiff", "fahrt"]),
        ("DONAUDAMPFSCHIFFFAHRT", "de-AT", ["DONAU", "DAMPF", "SCHIFF", "FAHRT"]),
        ("järjestelmällinen", "fi", ["jär", "jes", "tel", "mäl", "linen"]),
        ("(Gesellschaft):", "de", ["(Gesell", "schaft):"]),
        ("Gesellschaft", "", ["Gesellschaft"]),
        ("Gesellschaft", "xx", ["Gesellschaft"]),
        ("Hobbit", "en", ["Hobbit"]),
    ],
)
def test_a_long_word_is_hyphenated_by_its_language(word, language, parts):
    found = hyphenated(word, language)
    assert "".join(found) == word
    assert set(parts) <= set(found) or all(
        any("".join(found[: index + 1]) == "".join(parts[: number + 1]) for index in range(len(found)))
        for number in range(len(parts))
    )


def test_a_japanese_line_begins_with_no_small_kana_and_no_closing_punctuation():
    parts = [text for text, _ in pieces("ちょっと「待って」、シャーロック！", Breaks.SYLLABLES, "ja")]
    assert all(part[0] not in "ょっゃー」、！ャッ" and part[-1] != "「" for part in parts)
    assert len(parts) > 6


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("မြန်မာရုပ်ရှင်", "my", ["မြန်", "မာ", "ရုပ်", "ရှင်"]),
        ("ខ្មែរ", "km", ["ខ្មែរ"]),
        ("ໄປລາວ", "lo", ["ໄປ", "ລາວ"]),
        ("ຫຼວງພະບາງແລະປະເທດລາວ", "lo", ["ຫຼວງ", "ພະ", "ບາງ", "ແລະ", "ປະ", "ເທດ", "ລາວ"]),
        ("เกมส์", "th", ["เกมส์"]),
        ("Spider-Man", "en", ["Spider-", "Man"]),
    ],
)
def test_syllables_stay_whole(word, language, parts):
    assert [text for text, _ in pieces(word, Breaks.SYLLABLES, language)] == parts


@given(
    st.text(st.sampled_from("aé-(漢字あょっ。「」กเา็မန်្ខរ་བ🎬👩\u200dשא"), min_size=1, max_size=30),
    st.sampled_from(["", "de", "ja", "zh-TW", "th", "fi", "xx"]),
    st.sampled_from(Breaks),
)
def test_no_character_is_lost_between_pieces(word, language, breaks):
    assert "".join(text for text, _ in pieces(word, breaks, language)) == word
