"""One word for the resolution, whatever a server or a file name says of it."""

import pytest

from app.poster.sources.resolution import level_in_text, resolution_in_text, resolution_of_size

TITLES = {
    "4K DoVi/HDR10 (HEVC Main 10)": "4K DoVi/HDR10",
    "4K DoVi (HEVC Main 10)": "4K DoVi",
    "4K HDR10 (HEVC Main 10)": "4K HDR10",
    "4K HDR10": "4K HDR10",
    "4K (HEVC Main 10)": "4K",
    "4K DoVi/HDR10+ (English) (HEVC)": "4K DoVi/HDR10",
    "4k": "4K",
    "1080p (H.264)": "1080p",
    "1080p HDR10 (HEVC Main 10)": "1080p",
    "1080": "1080p",
    "720": "720p",
    "SD (MPEG4)": "SD",
    "480p": "480p",
    "2160p": "4K",
    "English (HEVC Main 10)": "",
    "(4K)": "4K",
    "": "",
}


@pytest.mark.parametrize(("title", "word"), TITLES.items())
def test_the_title_of_a_stream_with_its_bracketed_suffix(title, word):
    assert resolution_in_text(title) == word


SIZES = {
    (7680, 4320, ""): "8K",
    (3840, 2160, "DOVIWithHDR10"): "4K DoVi/HDR10",
    (3840, 2160, "DOVIWithEL"): "4K DoVi/HDR10",
    (3840, 2160, "DOVI"): "4K DoVi",
    (3840, 1600, "HDR10Plus"): "4K HDR10",
    (3840, 1600, "SDR"): "4K",
    (3836, 1604, ""): "4K",
    (2880, 2160, ""): "4K",
    (1916, 796, "HDR10"): "1080p",
    (1440, 1080, ""): "1080p",
    (1920, 1088, ""): "1080p",
    (1280, 536, ""): "720p",
    (720, 576, ""): "480p",
    (1920, None, ""): "1080p",
    (None, 1080, ""): "1080p",
    (None, None, "HDR10"): "",
    (100, 100, ""): "",
}


@pytest.mark.parametrize(("size", "word"), SIZES.items())
def test_a_size_in_pixels_with_tolerance(size, word):
    assert resolution_of_size(*size) == word


def test_a_file_name_tells_its_resolution():
    assert level_in_text("Alien.1979.2160p.UHD.BluRay.DV.HDR10") == "4K DoVi/HDR10"
    assert level_in_text("Alien (1979) [1080p]") == "1080p"
    assert level_in_text("Alien (1979)") == ""
