"""What is kept of each run of corrections: the rules before it, and what was measured of the titles."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.likeness.corrections import Change, Correction, TitlePlace
from app.core.likeness.title_measure import TitleMeasure
from app.models import StoredDocument
from app.models.base import now

PREFIX = "correction "
MOST_KEPT = 200


@dataclass(frozen=True)
class CorrectedAsset:
    """One title that a run corrected: what its place had before and has since, and its measure before."""

    asset: str
    place: TitlePlace
    before: Correction
    after: Correction
    measure: TitleMeasure = TitleMeasure()

    @property
    def change_back(self) -> Change:
        return self.place, self.before

    @property
    def reversed(self) -> "CorrectedAsset":
        """The same for what takes it back."""
        return CorrectedAsset(self.asset, self.place, self.after, self.before, self.measure)


def keep_corrected(session: Session, run: int, corrected: Sequence[CorrectedAsset]) -> None:
    """Keep what a run corrects, and forget the oldest beyond `MOST_KEPT`."""
    body = {"corrected": [asdict(one) for one in corrected]}
    session.merge(StoredDocument(name=f"{PREFIX}{run}", body=body, fetched_at=now()))
    kept = select(StoredDocument.name).where(StoredDocument.name.startswith(PREFIX))
    old = session.scalars(kept.order_by(StoredDocument.fetched_at.desc()).offset(MOST_KEPT)).all()
    if old:
        session.execute(delete(StoredDocument).where(StoredDocument.name.in_(old)))


def corrected_by(session: Session, run: int) -> list[CorrectedAsset]:
    """What the run corrected, nothing where it is no run of corrections."""
    document = session.get(StoredDocument, f"{PREFIX}{run}")
    return [read_corrected(one) for one in document.body["corrected"]] if document else []


def last_correction(session: Session, asset: str) -> CorrectedAsset | None:
    """The last correction of the picture that stands, None where there is none."""
    query = select(StoredDocument.body).where(StoredDocument.name.startswith(PREFIX))
    for body in session.scalars(query.order_by(StoredDocument.fetched_at.desc()).limit(MOST_KEPT)):
        for one in body["corrected"]:
            if one["asset"] == asset:
                found = read_corrected(one)
                return found if found.after.values else None
    return None


def read_corrected(words: dict[str, Any]) -> CorrectedAsset:
    place, measure = TitlePlace(*words["place"]), TitleMeasure(*words["measure"])
    before, after = Correction(**words["before"]), Correction(**words["after"])
    return CorrectedAsset(words["asset"], place, before, after, measure)
