"""Which settings shape each kind of picture."""

from dataclasses import dataclass

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.kinds import Kind


@dataclass(frozen=True)
class Plan:
    """Which sections and keys of the settings shape one kind; a text is a section and its switch."""

    size: tuple[int, int]
    section: str
    font: str
    overlay: str
    title: tuple[str, str]
    second: tuple[str, str] | None = None


PLANS = {
    Kind.POSTER: Plan(
        POSTER_SIZE, "PosterOverlayPart", "font", "overlayfile", ("PosterOverlayPart", "AddText")
    ),
    Kind.SEASON: Plan(
        POSTER_SIZE,
        "SeasonPosterOverlayPart",
        "font",
        "seasonoverlayfile",
        ("SeasonPosterOverlayPart", "AddText"),
        ("ShowTitleOnSeasonPosterPart", "AddShowTitletoSeason"),
    ),
    Kind.COLLECTION: Plan(
        POSTER_SIZE,
        "CollectionPosterOverlayPart",
        "collectionfont",
        "collectionoverlayfile",
        ("CollectionPosterOverlayPart", "AddText"),
        ("CollectionTitlePosterPart", "AddCollectionTitle"),
    ),
    Kind.BACKGROUND: Plan(
        WIDE_SIZE,
        "BackgroundOverlayPart",
        "backgroundfont",
        "backgroundoverlayfile",
        ("BackgroundOverlayPart", "AddText"),
    ),
    Kind.TITLE_CARD: Plan(
        WIDE_SIZE,
        "TitleCardOverlayPart",
        "titlecardfont",
        "titlecardoverlayfile",
        ("TitleCardTitleTextPart", "AddEPTitleText"),
        ("TitleCardEPTextPart", "AddEPText"),
    ),
}
LOGO_SWITCHES = {Kind.POSTER: "UseLogo", Kind.BACKGROUND: "UseBGLogo"}
SHOW_OVERLAYS = {Kind.POSTER: "showoverlayfile", Kind.BACKGROUND: "showbackgroundoverlayfile"}
