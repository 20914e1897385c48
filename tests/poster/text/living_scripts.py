"""The scripts that are in use today, with their characters."""

import unicodedata
from functools import cache

# As Unicode's names of their characters begin.
LIVING_SCRIPTS = """
ADLAM ARABIC ARMENIAN BALINESE BAMUM BATAK BENGALI BOPOMOFO BUGINESE CANADIAN CHAKMA CHAM CHEROKEE CYRILLIC
DEVANAGARI ETHIOPIC GEORGIAN GREEK GUJARATI GURMUKHI HANGUL HANIFI HEBREW HIRAGANA JAVANESE KANNADA KATAKANA
KAYAH KHMER LAO LATIN LEPCHA LIMBU LISU MALAYALAM MANDAIC MEETEI MIAO MONGOLIAN MYANMAR NEW NEWA NKO NYIAKENG
OL ORIYA OSAGE PAHAWH REJANG SAURASHTRA SINHALA SORA SUNDANESE SYLOTI SYRIAC TAI TAMIL TELUGU THAANA THAI
TIBETAN TIFINAGH VAI WANCHO YI
"""
BLOCKS = (range(0x41, 0x3400), range(0xA000, 0xD800), range(0x10000, 0x1EE00))


@cache
def characters_by_script() -> dict[str, str]:
    """The letters and marks of each script."""
    found: dict[str, list[str]] = {script: [] for script in LIVING_SCRIPTS.split()}
    for character in (chr(code) for block in BLOCKS for code in block):
        script = unicodedata.name(character, "").partition(" ")[0]
        if script in found and unicodedata.category(character)[0] in "LM":
            found[script].append(character)
    return {script: "".join(characters) for script, characters in found.items()}
