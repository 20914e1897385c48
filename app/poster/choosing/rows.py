"""The row of ImageChoices.csv that a decision record stands for."""

from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName
from app.poster.records.decision import Decision
from app.poster.records.ids import Authority, Medium, first_value
from app.poster.records.journal_entry import AssetRecord
from app.poster.script.choices import make_row, word

STANDING_IN = {Kind.POSTER: "True-Show", Kind.BACKGROUND: "True-Background"}
LOCAL = (ProviderName.MANUAL, ProviderName.TEMPLATE)


def choice_row(record: AssetRecord) -> dict[str, str]:
    """The cells by column; an asset that nothing serves has "false" as source and language."""
    decision = record.decision
    chosen = decision.chosen
    local = bool(chosen) and chosen.provider in LOCAL
    return make_row(
        Title=row_title(decision),
        Type=row_type(decision),
        Rootfolder=decision.root_folder,
        LibraryName=decision.library,
        Language=decision.language if chosen and not local else word(False),
        Fallback=fallback_word(decision),
        TextTruncated=word(record.drawn.truncated or bool(record.drawn.missing)),
        Download_Source=chosen.address if chosen else word(False),
        Manual=word(local),
        Fav_Provider_Link=decision.page or word(False),
        **{f"{authority.value}id": id_cell(decision, authority) for authority in IDS},
    )


IDS = (Authority.TMDB, Authority.TVDB, Authority.IMDB)


def row_title(decision: Decision) -> str:
    if decision.kind is Kind.SEASON:
        return f"{decision.title} | Season {decision.season}"
    if decision.kind is Kind.TITLE_CARD:
        number = f"S{decision.season:02}E{decision.episodes[0]:02}"
        return f"{number} | {decision.treatment.title or decision.title}"
    return decision.title


def row_type(decision: Decision) -> str:
    """The word of the contract for the kind of picture."""
    medium = "Show" if decision.medium is Medium.SHOW else "Movie"
    is_collection = decision.medium is Medium.COLLECTION
    words = {
        Kind.SEASON: "Season",
        Kind.TITLE_CARD: "Episode",
        Kind.COLLECTION: "Collection",
        Kind.SQUARE: f"{medium} Square",
        Kind.BACKGROUND: "Background" if is_collection else f"{medium} Background",
    }
    return words.get(decision.kind, medium)


def fallback_word(decision: Decision) -> str:
    """ "true", "false", or which other picture of the show stands in."""
    chosen = decision.chosen
    if chosen and decision.fallback and chosen.kind is not decision.kind:
        return STANDING_IN.get(chosen.kind, word(True))
    return word(decision.fallback)


def id_cell(decision: Decision, authority: Authority) -> str:
    """The id of the film or show; never that of something else with the same number."""
    medium = Medium.SHOW if decision.medium is Medium.SHOW else Medium.FILM
    return first_value(decision.ids, authority, medium) or word(False)
