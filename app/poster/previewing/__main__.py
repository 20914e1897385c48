"""The program that draws previews: frames on stdin, an answer to each on stdout, until stdin ends.

It keeps pictures, fonts and settings between them, and ends by itself when nothing was asked for long.
"""

import os
import resource
import select
import sys
from typing import BinaryIO

from app.poster.designs.reading import BadDesign
from app.poster.drawing.design import PictureError
from app.poster.folders import data_folder, read_folders
from app.poster.previewing.frames import BadFrame, Contents, read_frame, write_frame
from app.poster.previewing.order import BadOrder, read_preview_order
from app.poster.previewing.pictures import PartWanted
from app.poster.previewing.previewer import Previewer
from app.poster.settings import read_settings

IDLE_SECONDS = 600.0
MOST_MEMORY = 3 * 2**30
DONE, BAD_STREAM = 0, 2


def main() -> int:
    """0 at the end of stdin or after a long silence, 2 where what comes is no frame."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library might print must not stand between the frames.
    os.dup2(2, 1)
    limit_memory()
    data = data_folder(os.environ)
    folders = read_folders(data, read_settings(data / "config.json"), os.environ)
    try:
        answer_previews(Previewer(folders), sys.stdin.buffer, answers)
    except BadFrame as error:
        sys.stderr.write(f"posterizarr: previews: {error}\n")
        return BAD_STREAM
    except BrokenPipeError:
        pass
    return DONE


def limit_memory() -> None:
    """A picture that needs more fails alone, as one that cannot be decoded."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def answer_previews(previewer: Previewer, requests: BinaryIO, answers: BinaryIO) -> None:
    while is_asked(requests) and (frame := read_frame(requests)):
        answer(previewer, *frame, answers)


def is_asked(requests: BinaryIO) -> bool:
    return bool(select.select([requests], [], [], IDLE_SECONDS)[0])


def answer(previewer: Previewer, header: dict, given: Contents, answers: BinaryIO) -> None:
    """ "drawn" with the picture, "wanted" for a part that has to come along, or "refused" and why."""
    try:
        preview = previewer.draw(read_preview_order(header), given)
    except PartWanted as wanted:
        write_frame(answers, {"answer": "wanted", "part": wanted.part})
    except (BadOrder, BadDesign, PictureError, OSError, MemoryError) as error:
        write_frame(answers, {"answer": "refused", "why": str(error) or "it needs too much memory"})
    else:
        # Apart, since the sizes of texts are not those of the frame.
        facts = {"answer": "drawn", "source": preview.source, "text": preview.facts}
        write_frame(answers, facts, preview.jpeg)


if __name__ == "__main__":
    sys.exit(main())
