"""What holds for every list of pictures: one decision, whatever the order, and a reason for every loser."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.poster.choosing.asking import next_question
from app.poster.choosing.deciding import decide
from app.poster.choosing.losing import MOST_CONSIDERED
from app.poster.choosing.search import Serves
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderName, Question
from tests.poster.offers import ASSETS, FANART, ONLINE, TMDB, TVDB, answer_to, ask_all, book_with, offered

LANGUAGES = ["", "en", "de", "fr", "ja"]
LISTS = [["xx", "en"], ["xx"], ["en", "de", "xx"], ["fr-CA", "fr"], ["de"]]
BOOKS = [
    book_with(PreferredLanguageOrder=languages, WidthHeightFilter=measured, FavProvider=favourite)
    for languages in LISTS
    for measured in ("true", "false")
    for favourite in ("tmdb", "plex")
]

candidates = st.builds(
    Candidate,
    provider=st.sampled_from([TMDB, TVDB, FANART, ProviderName.BESIDE]),
    kind=st.sampled_from([Kind.POSTER, Kind.SEASON]),
    address=st.sampled_from([f"/{letter}.jpg" for letter in "abcdefgh"]),
    lettered=st.sampled_from(Lettered),
    language=st.sampled_from(LANGUAGES),
    region=st.sampled_from(["", "CA", "FR"]),
    width=st.sampled_from([0, 1000, 2000]),
    height=st.sampled_from([0, 1500, 3000]),
    votes=st.sampled_from([0.0, 5.5]),
    vote_count=st.sampled_from([0, 7]),
    likes=st.sampled_from([0, 7]),
    rank=st.integers(0, 2),
)
lists = st.lists(candidates, max_size=12, unique_by=lambda one: (one.provider, one.kind, one.address))
books = st.sampled_from(BOOKS)
rejections = st.dictionaries(st.sampled_from(["/a.jpg", "/b.jpg"]), st.just("one flat color"))
wanted_assets = st.sampled_from([ASSETS[Kind.POSTER], ASSETS[Kind.SEASON]])
few = settings(max_examples=40, deadline=None)


@few
@given(wanted_assets, books, lists, rejections, st.randoms(use_true_random=False))
def test_the_order_of_answers_and_of_candidates_never_changes_a_decision(
    wanted, book, seen, rejected, random
):
    rules = book.rules(wanted)
    mixed = random.sample(seen, len(seen))
    names = random.sample(
        sorted({one.provider for one in seen}, key=str), len({one.provider for one in seen})
    )
    answers = [answer_to(Question(name, kind), offered(*seen)) for name in names for kind in Kind]
    again = [answer_to(Question(name, kind), offered(*mixed)) for kind in Kind for name in reversed(names)]
    assert decide(wanted, rules, answers, rejected) == decide(wanted, rules, again, rejected)


@few
@given(wanted_assets, books, lists, rejections)
def test_asking_stops_only_where_more_answers_would_not_change_the_decision(wanted, book, seen, rejected):
    rules, offers = book.rules(wanted), offered(*seen)
    answers = ask_all(wanted, rules, offers, rejected)
    everything = [answer_to(question, offers) for question in {look.question for look in rules.looks}]
    asked = decide(wanted, rules, answers, rejected)
    assert asked.chosen == decide(wanted, rules, everything, rejected).chosen
    assert next_question(wanted, rules, everything, rejected) is None


@few
@given(wanted_assets, books, lists, rejections)
def test_every_candidate_is_chosen_or_has_a_reason(wanted, book, seen, rejected):
    rules = book.rules(wanted)
    answers = [answer_to(Question(name, kind), offered(*seen)) for name in ProviderName for kind in Kind]
    decision = decide(wanted, rules, answers, rejected)
    losers = [one.candidate for one in decision.considered]
    assert len(seen) <= MOST_CONSIDERED
    assert {*losers, *filter(None, [decision.chosen])} == set(seen)
    assert len(losers) == len(set(losers))
    assert all(one.why_not for one in decision.considered)
    assert (decision.chosen is None) == (decision.reason is not None)


@few
@given(wanted_assets, books, lists, rejections)
def test_the_chosen_picture_is_usable_and_in_a_listed_language(wanted, book, seen, rejected):
    rules = book.rules(wanted)
    chosen = decide(wanted, rules, ask_all(wanted, rules, offered(*seen), rejected), rejected).chosen
    if chosen is None:
        return
    assert chosen.address not in rejected
    assert rules.ranking.admits(chosen)
    if chosen.provider in ONLINE and chosen.lettered is Lettered.WITH_TEXT and chosen.language:
        assert chosen.language in {language[:2] for language in rules.languages}


def test_where_textless_leads_no_text_is_looked_at_before_all_are_searched():
    for book in BOOKS:
        looks = book.rules(ASSETS[Kind.POSTER]).looks
        online = [look.serves for look in looks if look.question.provider in ONLINE]
        if Serves.TEXTLESS in online[:1]:
            assert online[:3] == [Serves.TEXTLESS] * 3
