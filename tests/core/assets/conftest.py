import pytest

from app.database import Database
from tests.trees import make_upkeep


@pytest.fixture
def database(database_url, make_tables):
    """Tables without an application."""
    database = Database(database_url)
    make_tables(database)
    yield database
    database.dispose()


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "assets"
    folder.mkdir()
    return folder


@pytest.fixture
def root_scan(database, root):
    return make_upkeep(database, root)
