"""The display order of one line of mixed left-to-right and right-to-left text, by Unicode's annex 9."""

from itertools import groupby
from unicodedata import bidirectional

_PAIRS = "()[]{}⟨⟩「」『』【】（）［］〈〉《》〔〕"
CLOSING_BRACKETS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENING = {closing: opening for opening, closing in CLOSING_BRACKETS.items()}
MIRRORED = CLOSING_BRACKETS | _OPENING | dict(zip("«»‹›<>≤≥", "»«›‹><≥≤", strict=True))

_NEUTRAL = ("B", "S", "WS", "ON")
_NUMBERS = ("EN", "AN")


def reads_right_to_left(text: str) -> bool:
    """Whether the first character that has a direction is written from right to left."""
    if text.isascii():
        return False
    kinds = (bidirectional(character) for character in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def embedding_levels(line: str, right_to_left: bool) -> list[int]:
    """Each character's level: even ones run left to right, odd ones right to left."""
    base = int(right_to_left)
    side = "R" if right_to_left else "L"
    originals = [bidirectional(character) or "L" for character in line]
    kinds = list(originals)
    for step in (_marks, _numbers_after_arabic, _separators, _terminators, _numbers_after_latin):
        step(kinds, side)
    _brackets(line, kinds, side)
    _neutrals(kinds, side)
    levels = [_level(kind, base) for kind in kinds]
    _trailing_blanks(originals, levels, base)
    return levels


def visual_order(levels: list[int]) -> list[int]:
    """The indices of `levels` from left to right; works for characters and for whole runs alike."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for limit in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        order = _reversed_from(order, levels, limit)
    return order


def _reversed_from(order: list[int], levels: list[int], limit: int) -> list[int]:
    turned = []
    for high, group in groupby(order, lambda index: levels[index] >= limit):
        indices = list(group)
        turned += indices[::-1] if high else indices
    return turned


def _marks(kinds: list[str], side: str) -> None:
    for index, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[index] = kinds[index - 1] if index else side


def _numbers_after_arabic(kinds: list[str], side: str) -> None:
    strong = side
    for index, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kinds[index] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _separators(kinds: list[str], _side: str) -> None:
    for index in range(1, len(kinds) - 1):
        around = {kinds[index - 1], kinds[index + 1]}
        joins_european = kinds[index] in ("ES", "CS") and around == {"EN"}
        joins_arabic = kinds[index] == "CS" and around == {"AN"}
        if joins_european or joins_arabic:
            kinds[index] = kinds[index - 1]


def _terminators(kinds: list[str], _side: str) -> None:
    for start, end in _spans(kinds, ("ET",)):
        if "EN" in kinds[max(0, start - 1) : start] + kinds[end : end + 1]:
            kinds[start:end] = ["EN"] * (end - start)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]


def _numbers_after_latin(kinds: list[str], side: str) -> None:
    strong = side
    for index, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        if kind == "EN" and strong == "L":
            kinds[index] = "L"


def _brackets(line: str, kinds: list[str], side: str) -> None:
    for opening, closing in sorted(_bracket_pairs(line, kinds)):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if side in inside:
            kinds[opening] = kinds[closing] = side
        elif inside:
            kinds[opening] = kinds[closing] = _side_before(kinds, opening, side)


def _bracket_pairs(line: str, kinds: list[str]) -> list[tuple[int, int]]:
    waiting, pairs = [], []
    for index, character in enumerate(line):
        if kinds[index] != "ON":
            continue
        if character in CLOSING_BRACKETS:
            waiting.append((CLOSING_BRACKETS[character], index))
        elif any(closing == character for closing, _ in waiting):
            while waiting[-1][0] != character:
                waiting.pop()
            pairs.append((waiting.pop()[1], index))
    return pairs


def _neutrals(kinds: list[str], side: str) -> None:
    for start, end in _spans(kinds, _NEUTRAL):
        before = _strong(kinds[start - 1]) if start else side
        after = _strong(kinds[end]) if end < len(kinds) else side
        kinds[start:end] = [before if before == after else side] * (end - start)


def _side_before(kinds: list[str], index: int, side: str) -> str:
    strong = (_strong(kind) for kind in reversed(kinds[:index]))
    return next((kind for kind in strong if kind), side)


def _strong(kind: str) -> str | None:
    return "R" if kind in _NUMBERS else kind if kind in ("L", "R") else None


def _spans(kinds: list[str], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    spans, start = [], 0
    for matches, group in groupby(list(kinds), lambda kind: kind in wanted):
        end = start + len(list(group))
        spans += [(start, end)] if matches else []
        start = end
    return spans


def _level(kind: str, base: int) -> int:
    if kind in _NUMBERS:
        return 2
    return base if base % 2 == (kind == "R") else base + 1


def _trailing_blanks(originals: list[str], levels: list[int], base: int) -> None:
    for index in range(len(levels) - 1, -1, -1):
        if originals[index] not in ("WS", "B", "S", "BN"):
            return
        levels[index] = base
