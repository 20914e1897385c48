"""Which library's logos a person chose on the command line."""

from app.poster.exchange.choice import Choice
from app.poster.kinds import Kind
from app.poster.script.arguments import Order
from app.poster.sources.comparison import comparable_name

ALL = "all"


def read_library(order: Order) -> Choice:
    """The one library that -LibraryName names, all of them for "all" or nothing."""
    name = order.value("LibraryName")
    libraries = None if name.lower() in ("", ALL) else frozenset({comparable_name(name)})
    return Choice(frozenset({Kind.LOGO}), libraries)
