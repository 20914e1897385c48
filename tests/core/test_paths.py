import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ApplicationError, Forbidden, Invalid, NotFound
from app.core.paths import DATA_FOLDERS, Paths, file_inside, inside, replacing


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "assets"
    root.mkdir()
    (root / "poster.jpg").write_bytes(b"picture")
    (tmp_path / "assetsbackup").mkdir()
    (tmp_path / "assetsbackup" / "secret.jpg").write_bytes(b"secret")
    return root


def test_a_name_below_the_root_is_joined(root):
    assert inside(root, "Movies/Alien/poster.jpg") == root.resolve() / "Movies/Alien/poster.jpg"


@pytest.mark.parametrize("name", ["../assetsbackup/secret.jpg", "a/../../x", "Movies/../../assetsbackup"])
def test_a_way_out_is_forbidden(root, name):
    with pytest.raises(Forbidden):
        inside(root, name)


def test_an_absolute_name_is_taken_from_the_root(root):
    assert inside(root, "/etc/passwd") == root.resolve() / "etc/passwd"


def test_a_folder_that_merely_begins_with_the_roots_name_is_outside(root):
    (root / "link").symlink_to(root.parent / "assetsbackup")
    with pytest.raises(Forbidden):
        inside(root, "link/secret.jpg")


def test_a_link_loop_is_no_file(root):
    (root / "loop").symlink_to(root / "loop")
    with pytest.raises(ApplicationError):
        file_inside(root, "loop")


def test_a_nul_character_is_invalid(root):
    with pytest.raises(Invalid):
        inside(root, "a\0b")


def test_a_name_too_long_for_the_file_system_is_not_found(root):
    with pytest.raises(NotFound):
        file_inside(root, "x" * 5000)


def test_an_existing_file_is_found(root):
    assert file_inside(root, "poster.jpg").read_bytes() == b"picture"


@pytest.mark.parametrize("name", ["missing.jpg", "", "."])
def test_what_is_no_file_is_not_found(root, name):
    with pytest.raises(NotFound):
        file_inside(root, name)


@given(
    name=st.text(max_size=60)
    | st.lists(st.sampled_from(["..", ".", "a", "/", "\\", "%2e", ""])).map("/".join)
)
def test_no_name_leaves_its_root(tmp_path_factory, name):
    root = tmp_path_factory.getbasetemp() / "assets"
    root.mkdir(exist_ok=True)
    try:
        target = inside(root, name)
    except ApplicationError:
        return
    assert target == root.resolve() or root.resolve() in target.parents


def test_every_folder_of_the_contract_is_made(tmp_path):
    Paths(tmp_path / "data").create()
    assert {entry.name for entry in (tmp_path / "data").iterdir()} == set(DATA_FOLDERS)


def test_every_named_path_lies_in_the_data_folder(tmp_path):
    paths = Paths(tmp_path)
    named = [getattr(paths, name) for name, value in vars(Paths).items() if isinstance(value, property)]
    assert all(tmp_path in path.parents for path in named)


def test_a_replacement_takes_the_place_whole(tmp_path):
    path = tmp_path / "config.json"
    path.write_text("old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_failed_replacement_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "config.json"
    path.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as file:
        file.write(b"half")
        raise RuntimeError("the power fails")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.json"]


def test_a_replacement_can_be_private(tmp_path):
    with replacing(tmp_path / "secret.key", mode=0o600) as file:
        file.write(b"secret")
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_two_writers_at_once_leave_one_whole_file(tmp_path):
    path = tmp_path / "scheduler.json"

    def write(letter):
        for _ in range(50):
            with replacing(path) as file:
                file.write(letter * 5000)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(path.read_bytes())) == 1
    assert path.stat().st_size == 5000
