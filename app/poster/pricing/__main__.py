"""The program that answers questions about prices and rules, frame by frame, until stdin ends.

It keeps what it has read of the journal, and ends by itself when nothing was asked for long.
"""

import os
import select
import sqlite3
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

import msgspec

from app.poster.designs.reading import BadDesign
from app.poster.folders import data_folder, read_folders
from app.poster.item_rules.rules_file import BadRules
from app.poster.previewing.frames import BadFrame, read_frame, write_frame
from app.poster.pricing.questions import Answering
from app.poster.records.own_settings import BadEnvironment
from app.poster.settings import read_settings

IDLE_SECONDS = 300.0
DONE, BAD_STREAM = 0, 2
PROBLEMS = (BadRules, BadDesign, BadEnvironment, msgspec.ValidationError, sqlite3.Error, OSError, MemoryError)


def main() -> int:
    """0 at the end of stdin or after a long silence, 2 where what comes is no frame."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library might print must not stand between the frames.
    os.dup2(2, 1)
    try:
        serve_questions(os.environ, sys.stdin.buffer, answers)
    except BadFrame as error:
        sys.stderr.write(f"posterizarr: prices: {error}\n")
        return BAD_STREAM
    except BrokenPipeError:
        pass
    return DONE


def serve_questions(variables: Mapping[str, str], requests: BinaryIO, answers: BinaryIO) -> None:
    data = data_folder(variables)
    folders = read_folders(data, read_settings(data / "config.json"), variables)
    answering = Answering(folders, variables)
    while select.select([requests], [], [], IDLE_SECONDS)[0] and (frame := read_frame(requests)):
        write_frame(answers, answer_question(answering, frame[0]))


def answer_question(answering: Answering, question: dict[str, Any]) -> dict[str, Any]:
    """ "answer" is "known" with what was asked for, or "refused" with the reason as `problem`."""
    try:
        return {"answer": "known", "found": answering.answer(question)}
    except PROBLEMS as error:
        return {"answer": "refused", "problem": str(error) or "it needs too much memory"}


if __name__ == "__main__":
    sys.exit(main())
