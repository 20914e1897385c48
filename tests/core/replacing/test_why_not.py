"""The engine's sentences are known by code, so that pages say them in the reader's language."""

import pytest
from hypothesis import given

from app.core.coded_sentences import OTHER
from app.core.replacing.why_not import PATTERNS, why_not_of
from app.poster.choosing.deciding import decide
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName, Question
from app.ui.catalogue import LANGUAGES, texts_in
from tests.poster.choosing.test_properties import books, few, lists, wanted_assets
from tests.poster.offers import answer_to, offered

SENTENCES = [
    ("1000 x 1500 is smaller than 2000 x 3000", "small", {"size": "1000 x 1500", "least": "2000 x 3000"}),
    ("region FR comes after CA", "region", {"region": "FR", "chosen": "CA"}),
    ("a season comes before a poster", "kind_first", {"kind": "season", "wanted": "poster"}),
    ("textless pictures come before pictures in de", "textless_first", {}),
    ("pictures in fr-CA come before textless pictures", "language_first", {"language": "fr-CA"}),
    (
        "a textless title card of TMDB comes before the media server's poster",
        "textless_of",
        {"provider": "TMDB"},
    ),
    (
        "its language ja is not in the list xx, en",
        "language",
        {"language": "ja", "languages": "xx, en"},
    ),
    ("one flat color", OTHER, {"sentence": "one flat color"}),
    ("", OTHER, {"sentence": ""}),
]


@pytest.mark.parametrize(("sentence", "code", "values"), SENTENCES)
def test_a_sentence_has_a_code_and_values(sentence, code, values):
    assert why_not_of(sentence) == (code, values)


@few
@given(wanted_assets, books, lists)
def test_every_reason_of_the_engine_is_known(wanted, book, seen):
    answers = [answer_to(Question(name, kind), offered(*seen)) for name in ProviderName for kind in Kind]
    for one in decide(wanted, book.rules(wanted), answers, {}).considered:
        assert why_not_of(one.why_not).code != OTHER, one.why_not


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_text(language):
    assert {f"candidates.why.{code}" for code in PATTERNS} <= set(texts_in(language).texts)
