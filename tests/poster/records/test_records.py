"""Records keep their form on disk, and ids of different things never mix."""

from datetime import UTC, datetime

import msgspec

from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.decision import Considered, Decision, Treatment
from app.poster.records.ids import Authority, Medium, ProviderId, first_value, id_values
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.reasons import Action, Reason
from app.poster.records.step import FileState, Ingredients

FILM = ProviderId(Authority.TMDB, Medium.FILM, "348")
SHOW = ProviderId(Authority.TMDB, Medium.SHOW, "348")
CANDIDATE = Candidate(ProviderName.TMDB, Kind.POSTER, "/a.jpg", Lettered.TEXTLESS, votes=5.5)


def record() -> AssetRecord:
    decision = Decision(
        path="Movies/Alien (1979)/poster.jpg",
        kind=Kind.POSTER,
        medium=Medium.FILM,
        library="Movies",
        root_folder="Alien (1979)",
        item_key="7",
        title="Alien",
        ids=(FILM,),
        chosen=CANDIDATE,
        treatment=Treatment(title="Alien", right_to_left=None),
        considered=(Considered(CANDIDATE, "too small"),),
    )
    return AssetRecord(
        path=decision.path,
        decision=decision,
        action=Action.CREATE,
        reason=Reason.NEW,
        ingredients=Ingredients("a", "b", "c", "d", "e", "f"),
        file=FileState(10, 20, "ab"),
        rejected=(Rejection("/b.jpg", "one flat color"),),
        decided_at=datetime(2026, 11, 29, tzinfo=UTC),
    )


def test_a_record_comes_back_from_json_as_it_was():
    content = msgspec.json.encode(record())
    assert msgspec.json.decode(content, type=AssetRecord) == record()


def test_a_reason_is_kept_as_its_code_and_read_as_its_sentence():
    assert msgspec.json.encode(Reason.FONT_CHANGED) == b'"font_changed"'
    assert Reason("font_changed").sentence == "font changed"


def test_an_id_of_a_film_is_never_that_of_a_show():
    assert FILM != SHOW
    assert id_values((SHOW, FILM), Authority.TMDB, Medium.FILM) == ("348",)
    assert first_value((SHOW,), Authority.TMDB, Medium.FILM) == ""
