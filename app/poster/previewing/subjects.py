"""What a preview is drawn of: an asset as the journal knows it, a caller's picture, or a sample."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.drawing.samples import SENTENCES
from app.poster.journal.journal import NAME
from app.poster.journal.packing import read_record
from app.poster.journal.reading import packed_records
from app.poster.kinds import Kind
from app.poster.previewing.order import PreviewOrder
from app.poster.previewing.present_settings import PresentSettings
from app.poster.previewing.wanted_again import item_of, treatment_now, with_words_of
from app.poster.records.candidate import Candidate, ProviderName
from app.poster.records.decision import Decision, Treatment
from app.poster.records.ruling import NO_RULING, Ruling
from app.poster.settings import Settings
from app.poster.text.label_words import card_label, numbered
from app.poster.text.wording import read_label_words

SAMPLE_TITLE = SENTENCES["MediumText"]
BUSY_SECONDS = 5


@dataclass(frozen=True)
class Subject:
    """The texts and what is laid over the picture; `picture` and `logo` are None where there is none."""

    kind: Kind
    treatment: Treatment
    picture: Candidate | None = None
    logo: Candidate | None = None
    ruling: Ruling = NO_RULING


def subject_of(order: PreviewOrder, engine: Path, present: PresentSettings, now: Settings) -> Subject:
    """The asset of the order, or a sample where there is none that the journal knows."""
    decision = None if order.sample or not order.asset else decision_about(engine, order.asset)
    kind = order.drawn_kind
    subject = subject_of_record(decision, order, present, now) if decision else None
    subject = subject or Subject(kind, sample_treatment(kind, now, SAMPLE_TITLE))
    return with_correction(with_texts(with_brought_picture(subject, order), order), order)


def subject_of_record(
    decision: Decision, order: PreviewOrder, present: PresentSettings, now: Settings
) -> Subject:
    """The asset's picture with its texts; another kind has the title alone of it."""
    kind, ruling = order.drawn_kind, present.ruling(decision, item_of(decision), order.rules)
    if kind is not decision.kind or not decision.chosen:
        treatment = sample_treatment(kind, now, decision.title)
        return Subject(kind, treatment, decision.chosen, ruling=ruling)
    treatment = treatment_now(decision, present.saved(), now, ruling)
    chosen = with_words_of(decision, present.saved(), now)
    return Subject(kind, treatment, chosen, decision.logo, ruling)


def with_texts(subject: Subject, order: PreviewOrder) -> Subject:
    """A text of the caller stands in place of a logo, and is drawn also where a run would draw none."""
    treatment = subject.treatment
    if order.second is not None:
        treatment = replace(treatment, second=order.second)
    if order.title is None:
        return replace(subject, treatment=treatment)
    asked = replace(treatment, title=order.title, with_text=bool(order.title.strip()), asked=True)
    return replace(subject, treatment=asked, logo=None)


def with_correction(subject: Subject, order: PreviewOrder) -> Subject:
    """The correction of the order in place of the one that the rules have."""
    if order.correct is None:
        return subject
    corrections = {**subject.ruling.corrections, subject.kind: order.correct}
    return replace(subject, ruling=replace(subject.ruling, corrections=corrections))


def with_brought_picture(subject: Subject, order: PreviewOrder) -> Subject:
    """The caller's picture in place of the asset's."""
    if not order.upload:
        return subject
    picture = Candidate(ProviderName.MANUAL, subject.kind, f"upload {order.upload}")
    return replace(subject, picture=picture, logo=None)


def decision_about(engine: Path, asset: str) -> Decision | None:
    """What the journal knows of the asset; nothing where there is no journal, or a damaged one."""
    try:
        with closing(sqlite3.connect(f"{(engine / NAME).as_uri()}?mode=ro", BUSY_SECONDS, uri=True)) as read:
            rows = packed_records(read, [asset])
    except sqlite3.Error:
        return None
    record = read_record(rows[0][1]) if rows else None
    return record.decision if record else None


def sample_treatment(kind: Kind, settings: Settings, title: str) -> Treatment:
    """The title on a picture of the kind, with the words that stand beside it."""
    words = read_label_words(settings)
    texts = {
        Kind.SEASON: (numbered(words.season, 1), title),
        Kind.TITLE_CARD: (title, card_label(words, 1, (1,))),
        Kind.COLLECTION: (title, settings.text("CollectionTitlePosterPart", "CollectionTitle")),
    }
    return Treatment(*texts.get(kind, (title, "")))
