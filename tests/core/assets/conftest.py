import pytest

from app.database import Database
from app.models import Base
from tests.trees import make_upkeep


@pytest.fixture
def database(database_url, data):
    """Tables without an application."""
    (data / "database").mkdir(parents=True)
    database = Database(database_url)
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "assets"
    folder.mkdir()
    return folder


@pytest.fixture
def upkeep(database, root):
    return make_upkeep(database, root)
