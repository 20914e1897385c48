"""What files and folders take."""

from itertools import count

from app.core.space import UsedSpace, used_space


def test_files_of_all_levels_are_counted_and_links_are_not_followed(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(b"x" * 10)
    (tmp_path / "file").write_bytes(b"x" * 5)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert used_space(tmp_path, 10) == UsedSpace(15, 2, True)
    assert used_space(tmp_path / "file", 10) == UsedSpace(5, 1, True)
    assert used_space(tmp_path / "nothing", 10) == UsedSpace(0, 0, True)


def test_counting_ends_when_its_time_is_over(tmp_path):
    for name in range(50):
        (tmp_path / str(name)).mkdir()
    clock = count()
    assert not used_space(tmp_path, 20, lambda: next(clock)).is_whole
