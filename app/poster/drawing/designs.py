"""The user's settings as designs, one style for each kind of picture."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.poster.drawing.design import POSTER_SIZE, SQUARE_SIZE, WIDE_SIZE, Design, Lettering, Logo
from app.poster.drawing.kind_plans import LOGO_SWITCHES, PLANS, SHOW_OVERLAYS, Plan
from app.poster.drawing.overlays import POSTER_OVERLAY, WIDE_OVERLAY
from app.poster.drawing.resolution_overlays import resolution_key
from app.poster.drawing.text_box import TextBox, moved_title_box, shade_behind, zoomed
from app.poster.kinds import Kind
from app.poster.records.ruling import NO_CORRECTION, NO_RULING, Ruling
from app.poster.settings import OWN_SECTION, Settings
from app.poster.text.fonts import find_font
from app.poster.text.wording import LineBreaks, read_line_breaks

GRAVITIES = ("northwest", "north", "northeast", "west", "center", "east", "southwest", "south", "southeast")
DEFAULT_OVERLAYS = {POSTER_SIZE: POSTER_OVERLAY, WIDE_SIZE: WIDE_OVERLAY}
LARGEST_POINT = 2000
# Where the user has left the packaged width of a text, it keeps this share of the image's width.
WIDEST_TEXT = 0.88
# Where the user has left the packaged value: title cards are shown small, so their texts are larger.
LARGER = {
    ("TitleCardTitleTextPart", "maxPointSize"): 210,
    ("TitleCardTitleTextPart", "MaxHeight"): 400,
    ("TitleCardEPTextPart", "maxPointSize"): 110,
    ("TitleCardEPTextPart", "MaxHeight"): 140,
    ("TitleCardEPTextPart", "MaxWidth"): 1600,
}
COMMON = "PrerequisitePart"
# Seasons and title cards have a title each, of which a rule for the show can name no single one.
TITLED = (Kind.POSTER, Kind.BACKGROUND, Kind.COLLECTION)
# The least and the most space after a character, in thousandths of the size.
SPACINGS = (-100, 600)
# Rules that a person tries out come by the hundred.
MOST_BOOKS = 1000
USUAL_SIZE = 100  # per cent


@dataclass(frozen=True)
class Style:
    """How one kind of picture looks; `plain` is its design without a text."""

    plain: Design
    title: TextBox
    second: TextBox | None
    takes_logo: bool = False
    logo_color: str | None = None
    own_title: str = ""

    def design(self, title: str, second: str = "", language: str = "", logo: bytes | None = None) -> Design:
        """The design with the texts that are switched on; a blank text is not drawn.

        `language` is that of the texts, as an ISO 639-1 code or BCP 47 tag, "" where it is unknown. `logo` is
        the file of a logo, which stands in the box of the title and in its place where the style takes one.
        A title that a person corrected stands in place of every other one.
        """
        title = self.own_title or title
        placed = self._place(logo) if logo and self.takes_logo and self.title.shown else None
        pairs = ((self.title, "" if placed else title), (self.second, second))
        shown = ((box, text) for box, text in pairs if box and box.shown and text.strip())
        letterings = tuple(box.letter(text, language=language) for box, text in shown)
        return replace(self.plain, letterings=letterings, logo=placed)

    def _place(self, content: bytes) -> Logo:
        box = self.title.pattern
        return Logo(content, box.width, box.height, box.offset, box.gravity, self.logo_color)


class StyleBook:
    """Reads styles from the settings; `notes` collects what was not found and replaced.

    Overlays and fonts are those of the folders `before`, such as that of a design, else those of `overlays`.
    """

    def __init__(
        self, settings: Settings, overlays: Path, ruling: Ruling = NO_RULING, before: tuple[Path, ...] = ()
    ):
        self._settings = settings.over(ruling.settings)
        self._folders = [*before, overlays]
        self._zoom = ruling.title_size / 100
        self._corrections = ruling.corrections
        self.notes: list[str] = []
        self._known: dict[tuple[Kind, str], Style] = {}
        self._make = partial(StyleBook, settings, overlays, before=before)
        self._books: dict[Ruling, StyleBook] = {}

    def ruled_by(self, ruling: Ruling) -> "StyleBook":
        """The styles for items with these rules of the user's; its notes go to this book."""
        if not (ruling.settings or ruling.corrections) and ruling.title_size == USUAL_SIZE:
            return self
        if len(self._books) > MOST_BOOKS:
            self._books = {}
        books = self._books
        # Two threads may make the same book at once; they read the same.
        if ruling not in books:
            book = self._make(ruling)
            book.notes = self.notes
            books[ruling] = book
        return books[ruling]

    def style(self, kind: Kind, of_show: bool = False, resolution: str = "") -> Style:
        """The style of a kind, for a resolution such as "4K HDR10"; read once, from any thread."""
        overlay_key = self._overlay_key(kind, of_show, resolution)
        key = kind, overlay_key
        # Two threads may read the same style at once; they read the same.
        if key not in self._known:
            self._known[key] = self._read(kind, overlay_key)
        return self._known[key]

    def _read(self, kind: Kind, overlay_key: str) -> Style:
        if kind is Kind.SQUARE:
            return self._bare_square()
        plan = PLANS[kind]
        if not self._settings.flag("OverlayPart", "ImageProcessing"):
            return self._unprocessed(plan)
        corrected = self._corrections.get(kind, NO_CORRECTION)
        title = self._text_box(plan, *plan.title, read_line_breaks(self._settings))
        title = moved_title_box(
            zoomed(title, plan.size, self._zoom * corrected.size / 100), plan.size, corrected.move
        )
        second = self._text_box(plan, *plan.second, self._second_breaks(kind)) if plan.second else None
        if kind is Kind.SEASON and second.shown:
            # Below the show's title the season's name is what a label is elsewhere.
            title = self._as_label(title)
        elif second:
            second = self._as_label(second)
        if kind is Kind.SEASON and not title.shown:
            second = replace(second, shown=False)
        plain = replace(self._plain(plan, overlay_key), shade=shade_behind(title, plan.size, corrected))
        own_title = corrected.text if kind in TITLED else ""
        return Style(plain, title, second, self._takes_logo(kind), self._logo_color(), own_title)

    def _takes_logo(self, kind: Kind) -> bool:
        return kind in LOGO_SWITCHES and self._settings.flag(COMMON, LOGO_SWITCHES[kind])

    def _logo_color(self) -> str | None:
        read = self._settings
        return read.color(COMMON, "LogoFlatColor") if read.flag(COMMON, "ConvertLogoColor") else None

    def _second_breaks(self, kind: Kind) -> LineBreaks:
        """Labels stay on one line; the show's title on a season is a title like any other."""
        return read_line_breaks(self._settings) if kind is Kind.SEASON else LineBreaks()

    def _unprocessed(self, plan: Plan) -> Style:
        """Only fitted to the canvas: without overlay, border, text and mark, in the source's quality."""
        hidden = replace(self._text_box(plan, *plan.title, LineBreaks()), shown=False)
        return Style(Design(plan.size, quality=None, comment=None), hidden, None)

    def _bare_square(self) -> Style:
        """The picture alone, because servers lay a title or a logo of their own over it."""
        plan, quality = PLANS[Kind.BACKGROUND], self._settings.whole("OverlayPart", "outputQuality", 1, 100)
        hidden = replace(self._text_box(plan, *plan.title, LineBreaks()), shown=False)
        return Style(Design(SQUARE_SIZE, quality=quality), hidden, None)

    def _plain(self, plan: Plan, overlay_key: str) -> Design:
        read = self._settings
        bordered = read.flag(plan.section, "AddBorder")
        return Design(
            plan.size,
            overlay=self._overlay(plan, overlay_key) if read.flag(plan.section, "AddOverlay") else None,
            border_width=read.whole(plan.section, "borderwidth", 0, 900) if bordered else 0,
            border_color=read.color(plan.section, "bordercolor"),
            quality=read.whole("OverlayPart", "outputQuality", 1, 100),
        )

    def _text_box(self, plan: Plan, section: str, switch: str, breaks: LineBreaks) -> TextBox:
        return TextBox(
            shown=self._settings.flag(section, switch),
            capitals=self._settings.flag(section, "fontAllCaps"),
            pattern=self._pattern(plan, section),
            right_to_left_font=self._font("RTLFont"),
            breaks=breaks,
        )

    def _pattern(self, plan: Plan, section: str) -> Lettering:
        read, (width, height) = self._settings, plan.size
        stroked = read.flag(section, "AddTextStroke")
        maximum = self._whole_or_larger(section, "maxPointSize", LARGEST_POINT)
        widest = width if not read.is_default(section, "MaxWidth") else round(width * WIDEST_TEXT)
        return Lettering(
            text="",
            font=self._font(plan.font),
            minimum=min(maximum, read.whole(section, "minPointSize", 1, LARGEST_POINT)),
            maximum=maximum,
            width=min(self._whole_or_larger(section, "MaxWidth", width), widest),
            height=self._whole_or_larger(section, "MaxHeight", height),
            offset=read.whole(section, "text_offset", -height, height),
            gravity=read.choice(section, "TextGravity", GRAVITIES),
            color=read.color(section, "fontcolor"),
            stroke_color=read.color(section, "strokecolor"),
            stroke_width=read.whole(section, "strokewidth", 0, 200) if stroked else 0,
            line_spacing=read.whole(section, "lineSpacing", -500, 1000),
            spacing=read.whole(OWN_SECTION, "LetterSpacing", *SPACINGS),
            shadow=read.whole(OWN_SECTION, "TextShadow", 0, 100),
            even=read.flag(OWN_SECTION, "AlignBaselines"),
        )

    def _as_label(self, box: TextBox) -> TextBox:
        """The box with the lettering of labels."""
        spacing = self._settings.whole(OWN_SECTION, "LabelSpacing", *SPACINGS)
        own = self._settings.text(OWN_SECTION, "LabelFont")
        font = self._font("LabelFont", OWN_SECTION) if own else box.pattern.font
        return replace(box, pattern=replace(box.pattern, font=font, spacing=spacing))

    def _whole_or_larger(self, section: str, key: str, highest: int) -> int:
        value = self._settings.whole(section, key, 1, highest)
        return LARGER.get((section, key), value) if self._settings.is_default(section, key) else value

    def _font(self, key: str, section: str = COMMON) -> Path:
        font, note = find_font(self._settings.text(section, key), self._folders)
        self._note(f"{section}.{key}: {note}" if note else None)
        return font

    def _overlay(self, plan: Plan, key: str) -> Path | None:
        name = self._settings.text(COMMON, key)
        chosen = self._file(Path(name).name) if name else None
        if chosen:
            return chosen
        found = self._file(DEFAULT_OVERLAYS[plan.size])
        self._note(f"{COMMON}.{key}: there is no overlay {name!r}; using {found.name if found else 'none'}")
        return found

    def _file(self, name: str) -> Path | None:
        """The first of the folders' files of that name."""
        return next((path for folder in self._folders if name and is_file(path := folder / name)), None)

    def _overlay_key(self, kind: Kind, of_show: bool, resolution: str) -> str:
        """The key of the overlay's file: by resolution, else of shows, else the kind's usual one."""
        if found := resolution_key(self._settings, kind, resolution):
            return found
        show_key = SHOW_OVERLAYS.get(kind) if of_show else None
        return (
            show_key
            if show_key and self._settings.text(COMMON, show_key)
            else PLANS.get(kind, PLANS[Kind.BACKGROUND]).overlay
        )

    def _note(self, text: str | None) -> None:
        if text and text not in self.notes:
            self.notes.append(text)


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have, such as one too long, is no error."""
    try:
        return path.is_file()
    except OSError:
        return False
