"""The poster script that POSTER_SCRIPT names."""

import shutil
from pathlib import Path


def script_exists(script: str) -> bool:
    """Whether the script can be found; the built-in one, which no name stands for, always can."""
    return not script or Path(script).is_file() or shutil.which(script) is not None
