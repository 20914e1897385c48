"""Time of a poster and a title card against ImageMagick: one call that does the same, and a chain of three.

Run as `python -m benchmarks.drawing`. Everything runs on one core, turn by turn, and processor time counts;
each side reads the source from a file and writes the result to one. ImageMagick gets size and lines of the
title, so its search for them is not counted.
"""

import os
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from app.poster.drawing.design import COMMENT, POSTER_SIZE, WIDE_SIZE, Design, DrawnText, Lettering
from app.poster.drawing.draw import draw
from app.poster.drawing.overlays import POSTER_OVERLAY, WIDE_OVERLAY, ensure_default_overlays
from app.poster.text.fonts import DEFAULT_FONT

TARGETS = {"one call": 4.0, "three calls": 8.0}
ROUNDS = 5
TITLE = "THE GRAND BUDAPEST HOTEL"
BORDER = 30
_CANDIDATES = ("/usr/bin/convert-im6.q16", "/usr/bin/convert", "magick", "convert")


@dataclass(frozen=True)
class Work:
    """One picture to draw: the size of its source, and the canvas with overlay and box of the title."""

    source: tuple[int, int]
    canvas: tuple[int, int] = POSTER_SIZE
    overlay: str = POSTER_OVERLAY
    box: tuple[int, int] = (1900, 500)
    offset: int = 430
    sizes: tuple[int, int] = (45, 300)

    def design(self, folder: Path) -> Design:
        """The design with everything on it: overlay, border and a title with an outline."""
        title = Lettering(TITLE, DEFAULT_FONT, *self.sizes, *self.box, self.offset, stroke_width=6)
        return Design(self.canvas, folder / self.overlay, BORDER, "black", (title,))


WORKS = (
    *(Work(source) for source in ((2000, 3000), (3000, 4500), (1000, 1500), (4000, 6000))),
    Work((1920, 1080), WIDE_SIZE, WIDE_OVERLAY, (3640, 280), 300, (50, 150)),
)


def imagemagick() -> str | None:
    """Gives the first command that says of itself that it is ImageMagick."""
    return next((found for name in _CANDIDATES if (found := shutil.which(name)) and _is_genuine(found)), None)


def measure(rounds: int = ROUNDS) -> list[dict]:
    """Gives a figure for each source and each way of ImageMagick; none where that is not installed."""
    return [_figure(row, name) for row in rows(rounds) for name in row["ratios"]]


def _figure(row: dict, name: str) -> dict:
    return {
        "name": f"drawing from {row['source']}: times faster than ImageMagick's {name}",
        "value": row["ratios"][name],
        "target": TARGETS[name],
        "ours_ms": row["ours_ms"],
        "theirs_ms": row["times_ms"][name],
    }


def rows(rounds: int = ROUNDS) -> list[dict]:
    """Gives a row of median milliseconds for each source, with ratios where ImageMagick is installed."""
    with tempfile.TemporaryDirectory() as folder, one_core():
        return [_row(Path(folder), work, rounds) for work in WORKS]


@contextmanager
def one_core():
    """Keeps this process and its children on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def make_source(path: Path, size: tuple[int, int]) -> Path:
    """Writes a JPEG with the soft shapes and the grain of a photograph."""
    shapes = Image.effect_mandelbrot((size[0] // 4, size[1] // 4), (-2.0, -1.5, 1.0, 1.5), 90)
    shapes = shapes.resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise((size[0] // 2, size[1] // 2), 24).resize(size)
    bands = [
        shapes,
        ImageChops.blend(shapes, grain, 0.25),
        ImageChops.blend(shapes.transpose(Image.Transpose.FLIP_TOP_BOTTOM), grain, 0.4),
    ]
    Image.merge("RGB", bands).save(path, "JPEG", quality=90)
    return path


def one_call(work: Work, source: Path, target: Path, title: DrawnText) -> list[list[str]]:
    """Gives the arguments of the call that makes the same picture; the overlay lies beside the target."""
    overlay = target.with_name(work.overlay)
    return [[str(source), *_comment(), *_base(work, overlay), *_text(work, title), *_quality(), str(target)]]


def three_calls(work: Work, source: Path, target: Path, title: DrawnText) -> list[list[str]]:
    """Gives the arguments of the chain: mark, picture, text, with a JPEG between each."""
    marked, based = str(target.with_name("marked.jpg")), str(target.with_name("based.jpg"))
    return [
        [str(source), *_comment(), marked],
        [marked, *_base(work, target.with_name(work.overlay)), *_quality(), based],
        [based, *_text(work, title), *_quality(), str(target)],
    ]


def main() -> None:
    """Prints the table."""
    print(f"{'source':>10} {'ours':>9} {'one call':>18} {'three calls':>18}")
    for row in rows():
        cells = " ".join(_cell(row, name) for name in TARGETS)
        print(f"{row['source']:>10} {row['ours_ms']:>6.0f} ms {cells}")


def _cell(row: dict, name: str) -> str:
    if name not in row["ratios"]:
        return f"{'no ImageMagick':>18}"
    return f"{row['times_ms'][name]:>7.0f} ms {row['ratios'][name]:>5.1f} x"


def _row(folder: Path, work: Work, rounds: int) -> dict:
    source = make_source(folder / f"{work.source[0]}.jpg", work.source)
    ensure_default_overlays(folder)
    target, design = folder / "poster.jpg", work.design(folder)
    title = draw(source, design).texts[0]
    contenders = {"ours": lambda: target.write_bytes(draw(source, design).jpeg)}
    command = imagemagick()
    if command:
        for name, arguments in (("one call", one_call), ("three calls", three_calls)):
            contenders[name] = _chain(command, arguments(work, source, target, title))
    return _compared(f"{work.source[0]}x{work.source[1]}", _medians(contenders, rounds))


def prepare_chain(command: str, work: Work, folder: Path) -> Callable[[], None]:
    """Gives the chain of three calls that makes the image in the folder, from one of its size."""
    source = make_source(folder / f"source-{work.canvas[0]}.jpg", work.canvas)
    ensure_default_overlays(folder)
    title = draw(source, work.design(folder)).texts[0]
    return _chain(command, three_calls(work, source, folder / "image.jpg", title))


def _compared(source: str, medians: dict[str, float]) -> dict:
    ours = medians.pop("ours")
    ratios = {name: taken / ours for name, taken in medians.items()}
    return {"source": source, "ours_ms": ours, "times_ms": medians, "ratios": ratios}


def _medians(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            start = _processor_seconds()
            run()
            times[name].append((_processor_seconds() - start) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _processor_seconds() -> float:
    """What this process and its finished children took so far; other programs on the machine do not count."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _chain(command: str, calls: list[list[str]]) -> Callable[[], None]:
    environment = {**os.environ, "MAGICK_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}

    def run() -> None:
        for arguments in calls:
            subprocess.run([command, *arguments], check=True, env=environment, timeout=120)

    return run


def _comment() -> list[str]:
    return ["-set", "comment", COMMENT.decode()]


def _base(work: Work, overlay: Path) -> list[str]:
    size = f"{work.canvas[0]}x{work.canvas[1]}"
    cover = ["-resize", f"{size}^", "-gravity", "center", "-extent", size]
    frame = ["-shave", f"{BORDER}x{BORDER}", "-bordercolor", "black", "-border", str(BORDER)]
    return [*cover, str(overlay), "-gravity", "south", "-composite", *frame]


def _text(work: Work, title: DrawnText) -> list[str]:
    font = ["-background", "none", "-gravity", "south", "-font", str(DEFAULT_FONT), "-pointsize"]
    box, text = f"{work.box[0]}x{work.box[1]}", "\n".join(title.lines)
    outline = ["-fill", "black", "-stroke", "black", "-strokewidth", "6", f"caption:{text}"]
    letters = ["-fill", "white", "-stroke", "none", f"caption:{text}"]
    both = [
        "(",
        *font,
        str(title.size),
        "-size",
        box,
        *outline,
        *letters,
        "-composite",
        "-trim",
        "+repage",
        "-extent",
        box,
        ")",
    ]
    return [*both, "-gravity", "south", "-geometry", f"+0+{work.offset}", "-composite"]


def _quality() -> list[str]:
    return ["-quality", "92%"]


def _is_genuine(command: str) -> bool:
    try:
        said = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "ImageMagick" in said.stdout and "http" in said.stdout


if __name__ == "__main__":
    main()
