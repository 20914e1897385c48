"""Texts of problems whose details are for some callers only."""


class Statement(str):
    """The text of a problem; `public` is the part of it for callers who may not read details.

    `Statement("The folder cannot be read", "/srv/x: denied")` is "The folder cannot be read: /srv/x: denied",
    and its `public` is "The folder cannot be read."
    """

    __slots__ = ("public",)

    def __new__(cls, general: str, details: str = "") -> "Statement":
        statement = super().__new__(cls, f"{general}: {details}" if details else general)
        statement.public = f"{general}." if details else general
        return statement


def public_part(text: str) -> str:
    """The part of a text that everybody may read: the whole of a plain one."""
    return text.public if isinstance(text, Statement) else text
