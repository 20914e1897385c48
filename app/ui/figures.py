"""Numbers and times as people read them, in every language of the catalogue."""

SEPARATORS = {"en": ",", "de": "."}


def grouped_number(number: int, language: str) -> str:
    """The number with its thousands apart: 1,234 in English, 1.234 in German."""
    return f"{number:,}".replace(",", SEPARATORS[language])


def lasting(seconds: float) -> str:
    """A length of time in its two largest units, which both languages write alike."""
    minutes, rest = divmod(round(max(seconds, 0)), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def file_size(count: int, language: str) -> str:
    """Bytes in the unit that people read: 812 kB, or 1.2 MB in English and 1,2 MB in German."""
    thousands = count / 1000
    if thousands < 1000:
        return f"{max(round(thousands), min(count, 1))} kB"
    millions = thousands / 1000
    text = f"{millions:.1f} MB" if millions < 1000 else f"{millions / 1000:.1f} GB"
    return text.replace(".", ",") if language == "de" else text
