"""Smaller copies of pictures, which are enough for small drawings."""

# Pixels of the widest drawing for which a small copy of the source is enough.
WIDEST_SMALL = 480
WHOLE, SMALL = "https://image.tmdb.org/t/p/original/", "https://image.tmdb.org/t/p/w780/"


def small_address(address: str) -> str:
    """The same picture 780 pixels wide, where its provider has it so; else the address itself."""
    return SMALL + address.removeprefix(WHOLE) if address.startswith(WHOLE) else address
