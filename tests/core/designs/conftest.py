from tests.core.settings.conftest import checks, paths

__all__ = ["checks", "paths"]
