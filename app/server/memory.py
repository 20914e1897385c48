"""How a worker gives memory back to the system."""

import ctypes

# A name of malloc.h.
M_ARENA_MAX = -8
ARENAS = 2


def share_freed_memory() -> None:
    """Have the threads of this process share what the C library keeps of freed memory.

    By default glibc has an arena for each thread, and each keeps what pixels of thumbnails took: a worker of
    16 threads held 350 MiB after a few pages of the library, and 150 with two arenas. Returning large blocks
    at once (M_MMAP_THRESHOLD) saves a little more, but makes a thumbnail take a third longer. Other C
    libraries have no such setting.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, ARENAS)
