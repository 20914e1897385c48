"""What a worker of the cluster calls."""

from pathlib import Path

from distributed import get_worker

from app.poster.cluster.packed_order import PackedOrder, draw_packed
from app.poster.drawing.design import Drawing

FOLDER = "posterizarr"


def draw_on_worker(packed: PackedOrder, *contents: bytes) -> Drawing:
    """The picture of the order; its files lie in the worker's own folder, which goes when the worker ends."""
    return draw_packed(packed, contents, Path(get_worker().local_directory) / FOLDER)
