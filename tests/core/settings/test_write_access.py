from app.core.paths import Paths
from app.core.settings.write_access import is_config_writable


def test_a_folder_that_takes_no_file_is_known_before_somebody_types(paths, tmp_path):
    assert is_config_writable(paths)
    assert not is_config_writable(Paths(tmp_path / "missing"))
