"""Designs: settings that draw, with their overlays and fonts, as they are packaged, sent and taken."""
