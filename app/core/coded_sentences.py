"""Sentences that are stored in English, as a code with values, by which pages say them in any language."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# For a sentence that is none of those known, such as what a host answered: it is shown as it was recorded.
OTHER = "other"


class CodedSentence(NamedTuple):
    """The code of a sentence, and the values that it names."""

    code: str
    values: dict[str, str]


def coded_sentence(patterns: Mapping[str, re.Pattern[str]], sentence: str) -> CodedSentence:
    """The first code whose pattern fits, else `OTHER` with the sentence."""
    for code, pattern in patterns.items():
        if found := pattern.fullmatch(sentence):
            return CodedSentence(code, found.groupdict())
    return CodedSentence(OTHER, {"sentence": sentence})


def compiled_patterns(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {code: re.compile(pattern, re.DOTALL) for code, pattern in patterns.items()}
