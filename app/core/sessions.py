"""What work that is too long for one transaction asks of its caller."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy.orm import Session


class Sessions(Protocol):
    """Hands out sessions, block by block: the door opens and commits them, core only uses them."""

    def reading(self) -> AbstractContextManager[Session]: ...

    def writing(self) -> AbstractContextManager[Session]: ...
