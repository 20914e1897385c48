import pytest

from tests.core.settings.making import make_checks, make_config, make_paths, write_config


@pytest.fixture
def paths(tmp_path):
    """A data folder whose config.json has no mistake."""
    paths = make_paths(tmp_path / "data")
    write_config(paths, make_config())
    return paths


@pytest.fixture
def checks(paths):
    return make_checks(paths)
