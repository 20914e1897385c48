"""Contrast as the Web Content Accessibility Guidelines define it."""


def luminance(color):
    """The relative luminance, 0 to 1, of an sRGB colour of three values from 0 to 255."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """From 1 (the same) to 21 (white on black); 4.5 is what text needs, 3 large text."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
