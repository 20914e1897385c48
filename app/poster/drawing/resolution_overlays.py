"""The overlays that say how sharp a film or episode is."""

from app.poster.kinds import Kind
from app.poster.settings import Settings

SECTION = "PrerequisitePart"
SWITCHES = {
    Kind.POSTER: "UsePosterResolutionOverlays",
    Kind.BACKGROUND: "UseBackgroundResolutionOverlays",
    Kind.TITLE_CARD: "UseTCResolutionOverlays",
}
KEYS = {
    Kind.POSTER: {
        "4K DoVi/HDR10": "4KDoViHDR10",
        "4K DoVi": "4KDoVi",
        "4K HDR10": "4KHDR10",
        "4K": "poster4k",
        "1080p": "Poster1080p",
    },
    Kind.BACKGROUND: {
        "4K DoVi/HDR10": "4KDoViHDR10Background",
        "4K DoVi": "4KDoViBackground",
        "4K HDR10": "4KHDR10Background",
        "4K": "Background4k",
        "1080p": "Background1080p",
    },
    Kind.TITLE_CARD: {
        "4K DoVi/HDR10": "4KDoViHDR10TC",
        "4K DoVi": "4KDoViTC",
        "4K HDR10": "4KHDR10TC",
        "4K": "TC4k",
        "1080p": "TC1080p",
    },
}


def resolution_key(settings: Settings, kind: Kind, resolution: str) -> str:
    """The key of the overlay's file for that resolution; "" where the kind's usual overlay is used."""
    key = KEYS.get(kind, {}).get(resolution, "")
    if not key or not settings.flag(SECTION, SWITCHES[kind]):
        return ""
    return key if settings.text(SECTION, key).strip() else ""
