"""One decision for one asset: what was seen, what was chosen, and why the others lost."""

from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate
from app.poster.records.ids import Medium, ProviderId
from app.poster.records.reasons import Reason

# Ends the note on an id that a provider does not know any more.
STALE_END = ": it is stale"


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate that was not chosen, and one sentence that says why."""

    candidate: Candidate
    why_not: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is laid over the picture, and the texts, not yet prepared for drawing.

    `title` is drawn in the first box of the kind, `second` in the second: the show's title on a season, the
    label of a title card. Blank texts are not drawn. `language` is the library's, "" where unknown, and
    `right_to_left` follows it, None leaves it to the text.
    `blurred` hides what the picture shows, but for its colours. `asked` says that a person gave the title for
    this picture, before which rules stand back.
    """

    title: str = ""
    second: str = ""
    with_text: bool = True
    with_overlay: bool = True
    with_border: bool = True
    resolution: str = ""
    of_show: bool = False
    right_to_left: bool | None = None
    language: str = ""
    blurred: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one wanted asset; it stands alone, without the item.

    `path` names the asset. `chosen` is None where nothing serves; `reason` then says why, else it is None.
    `language` is the words of ImageChoices.csv: a code, "Textless", or "" where unknown. `fallback` is True
    where not the favourite provider served. `page` is the favourite provider's page, "" where it was not
    asked. `notes` are sentences: rules that applied, stale ids, providers in trouble. `is_final` is False
    where a later run may find more, so that it asks again. `logo` takes the place of the title, None where it
    is text. `rules` has one sentence for each of the user's rules that applies. `labels`, `original_title`
    and `year` are what conditions of rules may name of the film or show.
    """

    path: str
    kind: Kind
    medium: Medium
    library: str
    root_folder: str
    item_key: str
    title: str
    ids: tuple[ProviderId, ...] = ()
    season: int | None = None
    episodes: tuple[int, ...] = ()
    chosen: Candidate | None = None
    reason: Reason | None = None
    language: str = ""
    fallback: bool = False
    page: str = ""
    treatment: Treatment = Treatment()
    considered: tuple[Considered, ...] = ()
    notes: tuple[str, ...] = ()
    is_final: bool = True
    logo: Candidate | None = None
    rules: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    original_title: str = ""
    year: int | None = None
