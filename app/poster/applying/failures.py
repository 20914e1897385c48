"""Which failures of one picture are those of all."""

import errno

from app.poster.journal.tables import JournalTrouble

# What no other picture of the run will be spared either.
ENDS_THE_RUN = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO))


def ends_the_run(error: BaseException) -> bool:
    """Whether all other pictures would meet the same error: no room, no journal, or no error of a picture."""
    if not isinstance(error, Exception) or isinstance(error, JournalTrouble):
        return True
    return isinstance(error, OSError) and error.errno in ENDS_THE_RUN
