"""Pages of a list by number, as they stand in an address."""

from dataclasses import dataclass

LONGEST = 9


@dataclass(frozen=True)
class PageNumbers:
    """A page of a list with `total` rows; the first page is 1, and an empty list has one page."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        return min(self.number - 1, self.last) if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def wanted_page(text: str | None) -> int:
    """The number in an address; 1 for what is no number of a page."""
    digits = text or ""
    is_number = digits.isascii() and digits.isdigit() and len(digits) < LONGEST
    return max(int(digits), 1) if is_number else 1
