"""Testing mode: sample pictures of every kind, so that a change of the settings can be looked at."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.drawing.design import Design, Lettering, PictureError
from app.poster.drawing.designs import Style
from app.poster.drawing.draw import draw
from app.poster.drawing.samples import FIRST_TEXTS, LABEL_NUMBER, PANEL, SENTENCES, sample_picture
from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.publish import write_whole
from app.poster.script.choices import make_row, word
from app.poster.settings import Settings
from app.poster.text.label_words import card_label
from app.poster.text.wording import read_label_words


@dataclass(frozen=True)
class Series:
    """The samples of one kind: how their names begin, and the name of the only one when its text is off."""

    prefix: str
    kind: Kind
    textless: str
    of_show: bool = False


SERIES = (
    Series("poster", Kind.POSTER, "PosterTextless"),
    Series("SeasonPoster", Kind.SEASON, "SeasonPosterTextless"),
    Series("background", Kind.BACKGROUND, "BackgroundTextless"),
    Series("TitleCard", Kind.TITLE_CARD, "TitleCardTextless"),
    Series("showPoster", Kind.POSTER, "showPosterTextless", of_show=True),
    Series("showBackground", Kind.BACKGROUND, "showBackgroundTextless", of_show=True),
)


@dataclass(frozen=True)
class Sample:
    """One picture to draw: the series, the name of its text, and its design."""

    series: Series
    text_name: str
    design: Design

    @property
    def file_name(self) -> str:
        if self.text_name == "Textless":
            return f"{self.series.textless}.jpg"
        return f"{self.series.prefix}{self.text_name}.jpg"


def make_samples(job: Job) -> None:
    """Empty the folder test and draw every sample into it, one of each series first."""
    empty(job.folders.test)
    samples = [sample for series in SERIES for sample in samples_of(series, job)]
    samples.sort(key=lambda sample: sample.text_name not in FIRST_TEXTS)
    job.note_settings()
    for number, sample in enumerate(samples, start=1):
        job.log.info("Drawing %d of %d: %s %s", number, len(samples), sample.series.prefix, sample.text_name)
        make_sample(job, sample)


def empty(folder: Path) -> None:
    """Remove what lies in the folder; a link is removed, never what it points to."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def make_sample(job: Job, sample: Sample) -> None:
    try:
        drawing = draw(sample_picture(sample.series.prefix, sample.design.size), sample.design)
    except PictureError as error:
        job.fail(f"{sample.file_name}: {error}")
        return
    write_whole(job.folders.test / sample.file_name, drawing.jpeg)
    job.tally.made[sample.series.kind] += 1
    job.note(drawing.notes)
    if drawing.truncated:
        job.log.warning("The text of %s is truncated to fit its box", sample.file_name)
        job.tally.truncated.append(sample_row(sample))


def sample_row(sample: Sample) -> dict[str, str]:
    return make_row(
        Title=sample.file_name, Type=sample.series.kind.value, Rootfolder="test", TextTruncated=word(True)
    )


def samples_of(series: Series, job: Job) -> Iterator[Sample]:
    """Six samples by length and case, or a single one with the bare box when the text is switched off."""
    style = job.styles.style(series.kind, series.of_show)
    if not style.title.shown:
        yield Sample(series, "Textless", textless_design(style, series, job.settings))
        return
    for capitals in (False, True):
        for name, sentence in SENTENCES.items():
            letterings = letterings_of(style, series, sentence, capitals, job.settings)
            design = replace(style.plain, letterings=letterings)
            yield Sample(series, f"{name}CAPS" if capitals else name, design)


def letterings_of(
    style: Style, series: Series, sentence: str, capitals: bool, settings: Settings
) -> tuple[Lettering, ...]:
    title = style.title.letter(sentence, capitals=capitals)
    second = sample_second_text(series.kind, sentence, settings)
    if style.second and style.second.shown:
        return title, style.second.letter(second, capitals=capitals)
    return (title,)


def textless_design(style: Style, series: Series, settings: Settings) -> Design:
    """The bare title box, and the label of a title card, which has its own switch."""
    letterings = [style.title.letter("", panel=PANEL)]
    if style.second and style.second.shown:
        letterings.append(style.second.letter(sample_second_text(series.kind, "", settings), panel=PANEL))
    return replace(style.plain, letterings=tuple(letterings))


def sample_second_text(kind: Kind, sentence: str, settings: Settings) -> str:
    if kind is Kind.TITLE_CARD:
        return card_label(read_label_words(settings), LABEL_NUMBER, (LABEL_NUMBER,))
    return sentence
