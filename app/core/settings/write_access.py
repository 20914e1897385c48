"""Whether config.json can be saved at all, which a page says before somebody types."""

import os

from app.core.paths import Paths


def is_config_writable(paths: Paths) -> bool:
    """Whether the folder takes new files: the file is replaced as a whole."""
    return os.access(paths.config.parent, os.W_OK)
