"""What a worker of the cluster calls."""

from pathlib import Path

from distributed import get_worker

from app.poster.cluster.packed_order import PackedOrder, draw_packed
from app.poster.drawing.design import Drawing, PictureError

FOLDER = "posterizarr"


def draw_on_worker(
    orders: tuple[PackedOrder, ...], digests: tuple[str, ...], *contents: bytes
) -> list[Drawing | PictureError]:
    """The picture of each order, or why it cannot be drawn; `digests` are the SHA-256 of the contents.

    Files lie in the worker's own folder, which goes when the worker ends.
    """
    folder = Path(get_worker().local_directory) / FOLDER
    by_digest = dict(zip(digests, contents, strict=True))
    return [drawn(order, by_digest, folder) for order in orders]


def drawn(order: PackedOrder, contents: dict[str, bytes], folder: Path) -> Drawing | PictureError:
    try:
        return draw_packed(order, tuple(contents[digest] for digest in order.digests), folder)
    except PictureError as error:
        return error
