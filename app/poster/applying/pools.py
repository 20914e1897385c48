"""Where the pictures of a run are drawn, which is decided here only."""

from collections.abc import Callable

from app.poster.applying.draw_pool import DrawPool, cores
from app.poster.applying.pool import Pool

OF_THE_CLUSTER = frozenset(("dask", "distributed"))


def open_pool(cluster: str, note: Callable[[str], None]) -> Pool:
    """The pool of the cluster at that address, else that of this machine's cores, with a note why.

    Nothing of dask is imported where `cluster` is "".
    """
    local = DrawPool(cores())
    if not cluster:
        return local
    try:
        from app.poster.cluster.opening import open_cluster
    except ModuleNotFoundError as error:
        if error.name.partition(".")[0] not in OF_THE_CLUSTER:
            raise
        note(
            f"CLUSTER is {cluster}, but the package of clusters is not installed "
            "(pip install 'posterizarr-server[cluster]'): this machine draws all pictures itself"
        )
        return local
    return open_cluster(cluster, local, note)
