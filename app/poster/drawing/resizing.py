"""Images made larger and smaller."""

from threading import local

from PIL import Image

try:
    import cykooz_resizer as fast
except ImportError:
    # It has no wheel for Linux on ARM. Pillow has the same filters, about seven times slower.
    fast = None

Box = tuple[float, float, float, float]


class _Resizers(local):
    """A resizer for each thread: it keeps its buffers between images, which saves a third of the time."""

    def __init__(self):
        self.mine = fast.Resizer()


_resizers = _Resizers() if fast else None


def resize(image: Image.Image, size: tuple[int, int], box: Box | None = None) -> Image.Image:
    """The part of an RGB or L image within the box, resampled to the size in pixels.

    The box is left, top, right and bottom, where parts of a pixel count; without one it is the whole image.
    Lanczos reduces and Catmull-Rom enlarges.
    """
    box = box or (0, 0, *image.size)
    reduces = box[2] - box[0] > size[0]
    resample = _resize_with_pillow if fast is None else _resize_fast
    return resample(image, size, box, reduces)


def _resize_fast(image: Image.Image, size: tuple[int, int], box: Box, reduces: bool) -> Image.Image:
    kernel = fast.FilterType.lanczos3 if reduces else fast.FilterType.catmull_rom
    left, top, right, bottom = box
    options = fast.ResizeOptions(
        resize_alg=fast.ResizeAlg.convolution(kernel),
        crop_box=fast.CropBox(left, top, right - left, bottom - top),
    )
    resized = Image.new(image.mode, size)
    _resizers.mine.resize_pil(image, resized, options)
    return resized


def _resize_with_pillow(image: Image.Image, size: tuple[int, int], box: Box, reduces: bool) -> Image.Image:
    # Pillow's bicubic filter is Catmull-Rom.
    kernel = Image.Resampling.LANCZOS if reduces else Image.Resampling.BICUBIC
    return image.resize(size, kernel, box)
