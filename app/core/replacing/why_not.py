"""Why a candidate was not chosen, as a code with values: records have sentences in English."""

from app.core.coded_sentences import CodedSentence, coded_sentence, compiled_patterns

# Sentences of the engine's choosing/losing.py and of what refuses a picture, by code.
PATTERNS = {
    "rated": r"the chosen one is rated higher",
    "listed": r"the chosen one stands before it in the provider's list",
    "small": r"(?P<size>\d+ x \d+) is smaller than (?P<least>\d+ x \d+)",
    "region": r"region (?P<region>\w+) comes after (?P<chosen>\w+)",
    "kind": r"a (?P<kind>[a-z ]+) does not serve as a (?P<wanted>[a-z ]+)",
    "textless": r"it is textless, and the list of languages is (?P<languages>.*)",
    "text": r"it shows text, and the list of languages is (?P<languages>.*)",
    "language": r"its language (?P<language>[\w-]+) is not in the list (?P<languages>.*)",
    "textless_first": r"textless pictures come before .*",
    "language_first": r"pictures in (?P<language>[\w-]+) come before .*",
    "none_first": r"pictures without a language come before .*",
    "textless_of": r"a textless [a-z ]+ of (?P<provider>\w+) comes before .*",
    "language_of": r"a [a-z ]+ of (?P<provider>\w+) in (?P<language>[\w-]+) comes before .*",
    "none_of": r"a [a-z ]+ of (?P<provider>\w+) without a language comes before .*",
    "server_first": r"the media server's [a-z ]+ comes before .*",
    "folder_first": r"the [a-z ]+ beside the media comes before .*",
    "own_first": r"your (?:own picture|template) comes before .*",
    "drawn_first": r"a picture drawn from the title comes before .*",
    "kind_first": r"a (?P<kind>[a-z ]+) comes before a (?P<wanted>[a-z ]+)",
    "no_logo": r"no usable logo was found to stand for its title",
    "tiny": r"the picture is only (?P<size>\d+ x \d+) pixels",
    "cut": r"the picture is cut short",
    "empty": r"the answer is empty",
    "same": r"the host gives the same picture for many addresses",
    "own": r"it was made by this script",
}
COMPILED = compiled_patterns(PATTERNS)


def why_not_of(sentence: str) -> CodedSentence:
    """The reason that the sentence of a record gives."""
    return coded_sentence(COMPILED, sentence)
