"""Why an outgoing call failed, sorted by what follows from it."""

from enum import Enum


class Trouble(Enum):
    """What a failed call means; the value says whether a later call of the run may be answered."""

    KEY_REFUSED = "the key was refused"
    NOT_FOUND = "there is no such entry"
    REFUSED = "the request was refused"
    TOO_MANY = "too many requests"
    UNREACHABLE = "no usable answer"
    CERTIFICATE = "the certificate is not trusted"
    BROKEN = "the answer makes no sense"
    SWITCHED_OFF = "not asked for the moment, after several failures"


FINAL = frozenset((Trouble.KEY_REFUSED, Trouble.NOT_FOUND, Trouble.REFUSED))


class WebTrouble(Exception):
    """A call that failed after its retries; the text is one sentence without address query, key or token.

    `status` is the HTTP status, 0 where there was no answer.
    """

    def __init__(self, trouble: Trouble, sentence: str, status: int = 0):
        super().__init__(sentence)
        self.trouble = trouble
        self.status = status

    @property
    def is_final(self) -> bool:
        """Whether the same call will fail again however often it is made."""
        return self.trouble in FINAL
